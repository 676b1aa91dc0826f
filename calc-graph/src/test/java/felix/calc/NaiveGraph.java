package felix.calc;

import felix.delta.ActiveEntity;
import felix.delta.ActiveHost;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.BgpConfiguration;
import felix.model.Cidr;
import felix.model.ClusterInformation;
import felix.model.Endpoint;
import felix.model.EndpointPort;
import felix.model.EntityMatch;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.Labelled;
import felix.model.NetworkSet;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyStage;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Protocol;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.Rule;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.selector.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: what a host must hold, computed from the resources by brute force and from nothing.
 * Shares no code with the graph but the selectors.
 */
final class NaiveGraph {
  /** The same few texts come in all histories, and IDs are hashes. */
  private static final Map<String, String> SELECTOR_IDS = new ConcurrentHashMap<>();

  private static final Map<String, Selector> SELECTORS = new ConcurrentHashMap<>();

  private final GraphSettings settings;
  private final Map<ResourceKey, Resource> resources;
  private final DataplaneState state = new DataplaneState();

  /** What each set is made of. */
  private final Map<IpSetId, SetText> sets = new LinkedHashMap<>();

  private record SetText(String selector, @Nullable String protocol, @Nullable String port) {}

  private NaiveGraph(GraphSettings settings, Map<ResourceKey, Resource> resources) {
    this.settings = settings;
    this.resources = resources;
  }

  static DataplaneState compute(GraphSettings settings, Map<ResourceKey, Resource> resources) {
    var graph = new NaiveGraph(settings, resources);
    graph.compute();
    new NaiveNetwork(settings, resources, graph.state).compute();
    return graph.state;
  }

  private void compute() {
    resources.forEach(
        (key, resource) -> {
          if (key instanceof WorkloadEndpointKey endpoint && isHere(endpoint.host())) {
            addWorkload(endpoint, (WorkloadEndpoint) resource);
          }
          if (resource instanceof HostEndpoint endpoint && isHere(endpoint.host())) {
            addHost((HostEndpointKey) key, endpoint);
          }
          if (resource instanceof ProfileLabels labels) {
            state.profileLabels.put((ProfileLabelsKey) key, labels);
          }
          if (resource instanceof FelixConfiguration configuration) {
            state.configurations.put((FelixConfigurationKey) key, configuration);
          }
          if (resource instanceof ClusterInformation cluster) {
            state.datastoreReady = cluster.datastoreReady();
          }
          if (resource instanceof BgpConfiguration bgp) {
            state.serviceNetworks = List.copyOf(new TreeSet<>(bgp.serviceNetworks()));
          }
        });
    sets.forEach(this::addSet);
  }

  private boolean isHere(String host) {
    return host.equals(settings.hostname());
  }

  private void addWorkload(WorkloadEndpointKey key, WorkloadEndpoint endpoint) {
    addProfiles(endpoint);
    List<PolicyKey> tracked = in(PolicyStage.TRACKED, policies(endpoint));
    state.workloads.put(
        key,
        new ActiveWorkload(
            endpoint.interfaceName(),
            endpoint.networks(),
            endpoint.mac(),
            new NaiveTiers(resources).of(tracked),
            endpoint.profiles(),
            endpoint.extras()));
  }

  private void addHost(HostEndpointKey key, HostEndpoint endpoint) {
    addProfiles(endpoint);
    List<PolicyKey> all = policies(endpoint);
    List<PolicyKey> tracked = in(PolicyStage.TRACKED, all);
    var forwarded = new ArrayList<PolicyKey>();
    for (PolicyKey policy : tracked) {
      if (policy(policy).onForward()) {
        forwarded.add(policy);
      }
    }
    var tiers = new NaiveTiers(resources);
    state.hosts.put(
        key,
        new ActiveHost(
            endpoint.interfaceName(),
            endpoint.expectedIps(),
            new ActiveHost.Policies(
                tiers.thatPass(in(PolicyStage.UNTRACKED, all)),
                tiers.thatPassWhatComesIn(in(PolicyStage.PRE_DNAT, all)),
                tiers.of(forwarded),
                tiers.of(tracked)),
            endpoint.profiles(),
            endpoint.dscp()));
  }

  private void addProfiles(Endpoint endpoint) {
    for (String profile : endpoint.profiles()) {
      Resource rules = resources.get(new ProfileRulesKey(profile));
      state.profiles.put(profile, rules == null ? convert(Rules.DENY_ALL) : convert((Rules) rules));
    }
  }

  /** Of all stages, each of which the host then must hold. */
  private List<PolicyKey> policies(Endpoint endpoint) {
    var policies = new ArrayList<PolicyKey>();
    resources.forEach(
        (key, resource) -> {
          if (resource instanceof Policy policy && matches(policy.selector(), endpoint)) {
            policies.add((PolicyKey) key);
            state.policies.put(
                (PolicyKey) key,
                new ActivePolicy(policy.tier(), policy.stage(), convert(policy.rules())));
          }
        });
    return policies;
  }

  private List<PolicyKey> in(PolicyStage stage, List<PolicyKey> policies) {
    return policies.stream().filter(key -> policy(key).stage() == stage).toList();
  }

  private Policy policy(PolicyKey key) {
    return (Policy) Objects.requireNonNull(resources.get(key));
  }

  private boolean matches(String selector, Labelled item) {
    var labels = new HashMap<String, String>();
    for (String profile : item.profiles().reversed()) {
      if (resources.get(new ProfileLabelsKey(profile)) instanceof ProfileLabels(var given)) {
        labels.putAll(given.toMap());
      }
    }
    labels.putAll(item.labels().toMap());
    return SELECTORS.computeIfAbsent(selector, Selector::parse).matches(labels::get);
  }

  private ActiveRules convert(Rules rules) {
    return new ActiveRules(
        rules.ingress().stream().map(this::convert).toList(),
        rules.egress().stream().map(this::convert).toList());
  }

  private ActiveRule convert(Rule rule) {
    String protocol = "tcp";
    if (rule.protocol() == null) {
      protocol = "any";
    } else if (rule.protocol().number() == 17) {
      protocol = "udp";
    } else if (rule.protocol().number() == 132) {
      protocol = "sctp";
    }
    return new ActiveRule(
        rule.action(),
        rule.ipVersion(),
        rule.protocol(),
        rule.notProtocol(),
        rule.icmp(),
        rule.notIcmp(),
        convert(rule.source(), protocol),
        convert(rule.destination(), protocol),
        rule.annotations(),
        rule.origin());
  }

  private ActiveEntity convert(EntityMatch match, String protocol) {
    String selector = match.selector();
    String not = match.notSelector();
    if (selector != null && not != null) {
      selector = "(" + selector + ") && (!(" + not + "))";
      not = null;
    }
    var ipSets = new ArrayList<IpSetId>();
    if (selector != null && (match.namedPorts().isEmpty() || !match.ports().isEmpty())) {
      ipSets.add(set(selector));
    }
    var notIpSets = new ArrayList<IpSetId>();
    if (not != null) {
      notIpSets.add(set(not));
    }
    String portsOf = selector == null ? "all()" : selector;
    return new ActiveEntity(
        match.nets(),
        match.notNets(),
        match.ports(),
        match.notPorts(),
        ipSets,
        notIpSets,
        match.namedPorts().stream().distinct().map(p -> set(portsOf, protocol, p)).toList(),
        match.notNamedPorts().stream().distinct().map(p -> set(portsOf, protocol, p)).toList());
  }

  private IpSetId set(String selector) {
    var id = new IpSetId(selectorId(selector));
    sets.put(id, new SetText(selector, null, null));
    return id;
  }

  private IpSetId set(String selector, String protocol, String port) {
    var id = new IpSetId(Selector.namedPortId(selectorId(selector), protocol, port));
    sets.put(id, new SetText(selector, protocol, port));
    return id;
  }

  private static String selectorId(String selector) {
    return SELECTOR_IDS.computeIfAbsent(selector, text -> Selector.parse(text).id());
  }

  private void addSet(IpSetId id, SetText set) {
    var members = new HashSet<IpSetMember>();
    for (Resource resource : resources.values()) {
      if (!(resource instanceof Labelled item) || !matches(set.selector, item)) {
        continue;
      }
      if (set.protocol == null) {
        addNets(resource, members);
      } else if (resource instanceof Endpoint endpoint) {
        addPorts(endpoint, set.protocol, set.port, members);
      }
    }
    state.ipSets.put(id, set.protocol == null ? IpSetType.NET : IpSetType.IP_PORT);
    if (!members.isEmpty()) {
      state.members.put(id, members);
    }
  }

  private static void addNets(Resource resource, Set<IpSetMember> members) {
    var nets = new ArrayList<String>();
    switch (resource) {
      case WorkloadEndpoint endpoint ->
          endpoint.networks().forEach(net -> nets.add(net.toString()));
      case HostEndpoint endpoint -> endpoint.expectedIps().forEach(ip -> nets.add(ip.toString()));
      case NetworkSet set -> set.nets().forEach(net -> nets.add(net.toString()));
      default -> throw new AssertionError(resource);
    }
    for (String net : nets) {
      List<String> split =
          switch (net) {
            case "0.0.0.0/0" -> List.of("0.0.0.0/1", "128.0.0.0/1");
            case "::/0" -> List.of("::/1", "8000::/1");
            default -> List.of(net);
          };
      split.forEach(half -> members.add(new IpSetMember.Net(Cidr.parse(half))));
    }
  }

  private static void addPorts(
      Endpoint endpoint, String protocol, @Nullable String name, Set<IpSetMember> to) {
    for (EndpointPort port : endpoint.ports()) {
      String spoken =
          switch (port.protocol().number()) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case 132 -> "sctp";
            default -> throw new AssertionError(port);
          };
      if (port.name().equals(name) && (protocol.equals("any") || protocol.equals(spoken))) {
        for (Cidr net : endpoint.networks()) {
          to.add(new IpSetMember.Port(net.address(), Protocol.ofName(spoken), port.port()));
        }
      }
    }
  }
}
