package felix.calc;

import felix.delta.ActiveEntity;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.TierPolicies;
import felix.model.Cidr;
import felix.model.ClusterInformation;
import felix.model.EndpointPort;
import felix.model.EntityMatch;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.Labelled;
import felix.model.NetworkSet;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Protocol;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.selector.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: what a host must hold, computed from the resources by brute force and from nothing.
 * Shares no code with the graph but the selectors.
 */
final class NaiveGraph {
  /** IDs are hashes, and the same few texts come in all histories. */
  private static final Map<String, String> SELECTOR_IDS = new ConcurrentHashMap<>();

  private final GraphSettings settings;
  private final Map<ResourceKey, Resource> resources;
  private final DataplaneState state = new DataplaneState();

  /** What each set is made of. */
  private final Map<IpSetId, SetText> sets = new LinkedHashMap<>();

  private record SetText(String selector, @Nullable Protocol protocol, @Nullable String port) {}

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
          if (key instanceof WorkloadEndpointKey endpoint && isLocal(endpoint)) {
            addWorkload(endpoint, (WorkloadEndpoint) resource);
          }
          if (resource instanceof FelixConfiguration configuration) {
            state.configurations.put((FelixConfigurationKey) key, configuration);
          }
          if (resource instanceof ClusterInformation cluster) {
            state.datastoreReady = cluster.datastoreReady();
          }
        });
    sets.forEach(this::addSet);
  }

  private boolean isLocal(WorkloadEndpointKey endpoint) {
    return endpoint.host().equals(settings.hostname());
  }

  private void addWorkload(WorkloadEndpointKey key, WorkloadEndpoint endpoint) {
    var byTier = new HashMap<String, List<PolicyKey>>();
    resources.forEach(
        (policyKey, resource) -> {
          if (resource instanceof Policy policy && matches(policy.selector(), endpoint)) {
            var id = (PolicyKey) policyKey;
            byTier.computeIfAbsent(policy.tier(), tier -> new ArrayList<>()).add(id);
            state.policies.put(
                id, new ActivePolicy(policy.tier(), policy.stage(), convert(policy.rules())));
          }
        });
    for (String profile : endpoint.profiles()) {
      Resource rules = resources.get(new ProfileRulesKey(profile));
      state.profiles.put(profile, rules == null ? convert(Rules.DENY_ALL) : convert((Rules) rules));
    }
    var tiers = new ArrayList<TierPolicies>();
    for (String name : sortedTiers(byTier.keySet())) {
      tiers.add(tierPolicies(name, byTier.getOrDefault(name, List.of())));
    }
    state.workloads.put(
        key,
        new ActiveWorkload(
            endpoint.interfaceName(),
            endpoint.networks(),
            endpoint.mac(),
            tiers,
            endpoint.profiles(),
            endpoint.extras()));
  }

  private List<String> sortedTiers(Set<String> names) {
    var ordered = new ArrayList<String>();
    var unordered = new TreeSet<String>();
    var missing = new TreeSet<String>();
    for (String name : new TreeSet<>(names)) {
      Tier tier = tier(name);
      if (tier == null) {
        missing.add(name);
      } else if (tier.order() == null) {
        unordered.add(name);
      } else {
        ordered.add(name);
      }
    }
    ordered.sort(Comparator.comparing(name -> Objects.requireNonNull(order(name))));
    ordered.addAll(unordered);
    ordered.addAll(missing);
    return ordered;
  }

  private @Nullable Double order(String tierName) {
    Tier tier = tier(tierName);
    return tier == null ? null : tier.order();
  }

  private @Nullable Tier tier(String name) {
    Resource tier = resources.get(new TierKey(name));
    if (tier == null && name.equals("default")) {
      return new Tier(1_000_000.0, RuleAction.DENY);
    }
    return (Tier) tier;
  }

  private TierPolicies tierPolicies(String name, List<PolicyKey> keys) {
    var sorted = new TreeMap<Double, TreeSet<PolicyKey>>();
    boolean today = resources.keySet().stream().anyMatch(key -> key instanceof TierKey);
    Comparator<PolicyKey> ties =
        today
            ? Comparator.comparing(key -> key.name() + "/" + key.namespace() + "/" + kind(key))
            : Comparator.naturalOrder();
    for (PolicyKey key : keys) {
      Double order = policy(key).order();
      double number = order == null ? Double.MAX_VALUE : order;
      sorted.computeIfAbsent(number, n -> new TreeSet<>(ties)).add(key);
    }
    var ingress = new ArrayList<PolicyKey>();
    var egress = new ArrayList<PolicyKey>();
    sorted.values().stream()
        .flatMap(Set::stream)
        .forEach(
            key -> {
              if (policy(key).ingress()) {
                ingress.add(key);
              }
              if (policy(key).egress()) {
                egress.add(key);
              }
            });
    Tier tier = tier(name);
    RuleAction action = tier == null ? RuleAction.DENY : tier.defaultAction();
    return new TierPolicies(name, action, ingress, egress);
  }

  private static String kind(PolicyKey key) {
    return key.namespace().isEmpty() ? "GlobalNetworkPolicy" : "NetworkPolicy";
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
    return Selector.parse(selector).matches(labels::get);
  }

  private ActiveRules convert(Rules rules) {
    return new ActiveRules(
        rules.ingress().stream().map(this::convert).toList(),
        rules.egress().stream().map(this::convert).toList());
  }

  private ActiveRule convert(Rule rule) {
    Protocol protocol = Protocol.TCP;
    if (rule.protocol() != null && rule.protocol().number() == 17) {
      protocol = Protocol.UDP;
    }
    if (rule.protocol() != null && rule.protocol().number() == 132) {
      protocol = Protocol.SCTP;
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
        RuleOrigin.NONE);
  }

  private ActiveEntity convert(EntityMatch match, Protocol protocol) {
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

  private IpSetId set(String selector, Protocol protocol, String port) {
    var id = new IpSetId(Selector.namedPortId(selectorId(selector), protocol.text(), port));
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
      } else if (resource instanceof WorkloadEndpoint endpoint) {
        addPorts(endpoint, set.protocol, set.port, members);
      }
    }
    state.ipSets.put(id, set.protocol == null ? IpSetType.NET : IpSetType.IP_PORT);
    if (!members.isEmpty()) {
      state.members.put(id, members);
    }
  }

  private static void addNets(Resource resource, Set<IpSetMember> members) {
    List<Cidr> nets =
        resource instanceof WorkloadEndpoint endpoint
            ? endpoint.networks()
            : ((NetworkSet) resource).nets();
    for (Cidr net : nets) {
      List<String> split =
          switch (net.toString()) {
            case "0.0.0.0/0" -> List.of("0.0.0.0/1", "128.0.0.0/1");
            case "::/0" -> List.of("::/1", "8000::/1");
            default -> List.of(net.toString());
          };
      split.forEach(half -> members.add(new IpSetMember.Net(Cidr.parse(half))));
    }
  }

  private static void addPorts(
      WorkloadEndpoint endpoint, Protocol protocol, @Nullable String name, Set<IpSetMember> to) {
    for (EndpointPort port : endpoint.ports()) {
      if (port.name().equals(name) && port.protocol().number() == protocol.number()) {
        for (Cidr net : endpoint.networks()) {
          to.add(new IpSetMember.Port(net.address(), protocol, port.port()));
        }
      }
    }
  }
}
