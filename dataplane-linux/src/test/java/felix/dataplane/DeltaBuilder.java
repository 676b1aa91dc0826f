package felix.dataplane;

import felix.delta.ActiveHost;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.ClusterRoute;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.LocalDelta;
import felix.delta.NetworkDelta;
import felix.delta.TierPolicies;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.HostEndpointKey;
import felix.model.IpPool;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.RuleAction;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in the small, as the calculation graph sees it: remembers what it said, so that each
 * delta holds the changes since the one before.
 */
public final class DeltaBuilder {
  private final Map<IpSetId, IpSetType> ipSets = new HashMap<>();
  private final Map<IpSetId, Set<IpSetMember>> members = new HashMap<>();
  private final Map<PolicyKey, ActivePolicy> policies = new HashMap<>();
  private final Map<String, ActiveRules> profiles = new HashMap<>();
  private final Map<WorkloadEndpointKey, ActiveWorkload> workloads = new HashMap<>();
  private final Map<HostEndpointKey, ActiveHost> hosts = new HashMap<>();
  private final Map<Cidr, IpPool> pools = new HashMap<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Vtep> vteps = new HashMap<>();
  private final Map<Cidr, ClusterRoute> routes = new HashMap<>();
  private List<Cidr> serviceNetworks = List.of();
  private Encapsulations encapsulations = Encapsulations.NONE;
  private DataplaneDelta delta = empty();
  private boolean ready = true;
  private long revision;

  public static PolicyKey policyKey(String name) {
    return new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", name);
  }

  public static WorkloadEndpointKey workloadKey(String name) {
    return new WorkloadEndpointKey("host", "cni", "default/" + name, "eth0");
  }

  /** Rules that allow all in both directions. */
  public static ActiveRules allowAll() {
    var allow = List.of(ActiveRule.of(RuleAction.ALLOW));
    return new ActiveRules(allow, allow);
  }

  public static ActiveRules denyAll() {
    var deny = List.of(ActiveRule.of(RuleAction.DENY));
    return new ActiveRules(deny, deny);
  }

  /** A workload with one profile and, unless null, one policy. */
  public static ActiveWorkload workload(
      String interfaceName, String profile, @Nullable String policy, String... networks) {
    var key = policy == null ? List.<PolicyKey>of() : List.of(policyKey(policy));
    var tiers =
        key.isEmpty()
            ? List.<TierPolicies>of()
            : List.of(new TierPolicies("default", RuleAction.DENY, key, key));
    return new ActiveWorkload(
        interfaceName,
        List.of(networks).stream().map(Cidr::parse).toList(),
        MacAddress.parse("02:00:00:00:00:01"),
        tiers,
        List.of(profile),
        WorkloadExtras.NONE);
  }

  public DeltaBuilder ready(boolean now) {
    ready = now;
    return this;
  }

  public DeltaBuilder ipSet(String id, IpSetType type, IpSetMember... wanted) {
    var key = new IpSetId(id);
    delta.local().ipSets().record(key, ipSets.put(key, type), type);
    replaceMembers(key, Set.of(wanted));
    return this;
  }

  public DeltaBuilder noIpSet(String id) {
    var key = new IpSetId(id);
    delta.local().ipSets().record(key, ipSets.remove(key), null);
    replaceMembers(key, Set.of());
    return this;
  }

  public DeltaBuilder policy(String name, @Nullable ActiveRules rules) {
    return policy(name, PolicyStage.TRACKED, rules);
  }

  public DeltaBuilder policy(String name, PolicyStage stage, @Nullable ActiveRules rules) {
    var policy = rules == null ? null : new ActivePolicy("default", stage, rules);
    record(delta.local().policies(), policies, policyKey(name), policy);
    return this;
  }

  public DeltaBuilder profile(String name, @Nullable ActiveRules rules) {
    record(delta.local().profiles(), profiles, name, rules);
    return this;
  }

  public DeltaBuilder workload(String name, @Nullable ActiveWorkload workload) {
    record(delta.local().workloads(), workloads, workloadKey(name), workload);
    return this;
  }

  public DeltaBuilder host(String name, @Nullable ActiveHost host) {
    record(delta.local().hosts(), hosts, new HostEndpointKey(name), host);
    return this;
  }

  public DeltaBuilder serviceNetworks(String... networks) {
    serviceNetworks = Stream.of(networks).map(Cidr::parse).toList();
    return this;
  }

  public DeltaBuilder encapsulations(boolean ipip, boolean vxlan) {
    encapsulations = new Encapsulations(ipip, vxlan);
    return this;
  }

  public DeltaBuilder pool(String cidr, @Nullable IpPool pool) {
    record(delta.network().pools(), pools, Cidr.parse(cidr), pool);
    return this;
  }

  public DeltaBuilder node(String name, @Nullable Node node) {
    record(delta.network().nodes(), nodes, name, node);
    return this;
  }

  public DeltaBuilder vtep(String host, @Nullable Vtep vtep) {
    record(delta.network().vteps(), vteps, host, vtep);
    return this;
  }

  public DeltaBuilder route(String destination, @Nullable ClusterRoute route) {
    record(delta.network().routes(), routes, Cidr.parse(destination), route);
    return this;
  }

  /** Which policies workloads name. */
  public Set<String> policyNames() {
    var names = new HashSet<String>();
    for (var workload : workloads.values()) {
      for (var tier : workload.tiers()) {
        tier.ingress().forEach(key -> names.add(key.name()));
      }
    }
    return names;
  }

  /** What changed since the last call. */
  public DataplaneDelta take() {
    DataplaneDelta taken = delta;
    delta = empty();
    return new DataplaneDelta(++revision, ready, taken.local(), networkNow(taken.network()));
  }

  /** All there is, as the first delta of a new process. */
  public DataplaneDelta snapshot() {
    DataplaneDelta all = empty();
    ipSets.forEach((id, type) -> all.local().ipSets().record(id, null, type));
    members.forEach((id, set) -> set.forEach(member -> all.local().members().add(id, member)));
    policies.forEach((key, rules) -> all.local().policies().record(key, null, rules));
    profiles.forEach((name, rules) -> all.local().profiles().record(name, null, rules));
    workloads.forEach((key, workload) -> all.local().workloads().record(key, null, workload));
    hosts.forEach((key, host) -> all.local().hosts().record(key, null, host));
    pools.forEach((cidr, pool) -> all.network().pools().record(cidr, null, pool));
    nodes.forEach((name, node) -> all.network().nodes().record(name, null, node));
    vteps.forEach((host, vtep) -> all.network().vteps().record(host, null, vtep));
    routes.forEach((cidr, route) -> all.network().routes().record(cidr, null, route));
    delta = all;
    return take();
  }

  private NetworkDelta networkNow(NetworkDelta network) {
    return new NetworkDelta(
        encapsulations,
        network.pools(),
        network.nodes(),
        network.vteps(),
        network.routes(),
        serviceNetworks);
  }

  private void replaceMembers(IpSetId id, Set<IpSetMember> wanted) {
    Set<IpSetMember> before = members.getOrDefault(id, Set.of());
    before.stream()
        .filter(m -> !wanted.contains(m))
        .forEach(m -> delta.local().members().remove(id, m));
    wanted.stream()
        .filter(m -> !before.contains(m))
        .forEach(m -> delta.local().members().add(id, m));
    members.put(id, new HashSet<>(wanted));
  }

  private static <K, V> void record(
      Changes<K, V> changes, Map<K, V> state, K key, @Nullable V value) {
    V before = value == null ? state.remove(key) : state.put(key, value);
    changes.record(key, before, value);
  }

  private static DataplaneDelta empty() {
    return new DataplaneDelta(0, true, LocalDelta.none(), NetworkDelta.none(Encapsulations.NONE));
  }
}
