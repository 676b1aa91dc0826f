package felix.bench;

import felix.model.Cidr;
import felix.model.EntityMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Labels;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Protocol;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the resources of a cluster, as the decoders would give them: the texts of labels are
 * shared, as those that were decoded lately are; whatever holds them is not.
 */
final class World {
  static final String LOCAL_HOST = "localhost";
  static final String REMOTE_HOST = "remotehost";

  private static final long FIRST_ADDRESS = 0x0a000001L;
  private static final long FIRST_NETWORK = 0x14000001L;

  private final List<ResourceUpdate> updates = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private int endpoints;
  private int networks;

  List<ResourceUpdate> updates() {
    return updates;
  }

  void add(ResourceKey key, Resource value) {
    updates.add(new ResourceUpdate(key, value));
  }

  /** An endpoint with the next address. */
  void addEndpoint(String host, String workload, String profile, Map<String, String> labels) {
    add(
        new WorkloadEndpointKey(shared(host), shared("k8s"), workload, shared("eth0")),
        endpoint(endpoints, profile, labels(labels)));
    endpoints++;
  }

  /**
   * An endpoint.
   *
   * @param number what it is named after, and what its address is
   */
  WorkloadEndpoint endpoint(int number, String profile, Labels labels) {
    return new WorkloadEndpoint(
        "cali%09x".formatted(number),
        List.of(new Ip(IpVersion.V4, 0, FIRST_ADDRESS + number).toCidr()),
        null,
        List.of(shared(profile)),
        List.of(),
        labels,
        WorkloadExtras.NONE);
  }

  void addProfile(String name, Map<String, String> labels) {
    add(new ProfileLabelsKey(name), new ProfileLabels(labels(labels)));
    add(new ProfileRulesKey(name), new Rules(List.of(), List.of()));
  }

  void addPolicy(String namespace, String name, String selector, Rules rules) {
    PolicyKind kind =
        namespace.isEmpty() ? PolicyKind.GLOBAL_NETWORK_POLICY : PolicyKind.NETWORK_POLICY;
    add(new PolicyKey(kind, namespace, name), policy(selector, rules));
  }

  static Policy policy(String selector, Rules rules) {
    boolean egress = !rules.egress().isEmpty();
    return new Policy("default", null, selector, true, egress, PolicyStage.TRACKED, false, rules);
  }

  /** Networks of one address each, of no endpoint. */
  List<Cidr> networks(int count) {
    var next = new ArrayList<Cidr>(count);
    for (int i = 0; i < count; i++) {
      next.add(new Ip(IpVersion.V4, 0, FIRST_NETWORK + networks++).toCidr());
    }
    return next;
  }

  Labels labels(Map<String, String> labels) {
    var map = new HashMap<String, String>();
    labels.forEach((label, value) -> map.put(shared(label), shared(value)));
    return Labels.of(map);
  }

  static Rule allowFrom(String selector) {
    return allow(null, side(selector), EntityMatch.ANY);
  }

  static Rule allowTo(String selector) {
    return allow(null, EntityMatch.ANY, side(selector));
  }

  /** To one port of one network, by UDP. */
  static Rule allowTo(Cidr network, int port) {
    var to =
        new EntityMatch(
            null,
            null,
            List.of(network),
            List.of(),
            List.of(new PortRange(port, port)),
            List.of(),
            List.of(),
            List.of());
    return allow(Protocol.UDP, EntityMatch.ANY, to);
  }

  private static EntityMatch side(String selector) {
    return new EntityMatch(
        selector, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private static Rule allow(@Nullable Protocol protocol, EntityMatch from, EntityMatch to) {
    return new Rule(
        RuleAction.ALLOW, null, protocol, null, null, null, from, to, List.of(), RuleOrigin.NONE);
  }

  private String shared(String text) {
    return texts.computeIfAbsent(text, t -> t);
  }
}
