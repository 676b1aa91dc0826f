package felix.calc;

import felix.model.Cidr;
import felix.model.EndpointPort;
import felix.model.EntityMatch;
import felix.model.Labels;
import felix.model.NetworkSet;
import felix.model.NetworkSetKey;
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
import felix.selector.Selector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources for named cases, with only what matters to them. */
final class SampleResources {
  static final String HERE = "here";

  private SampleResources() {}

  static ResourceUpdate put(ResourceKey key, Resource value) {
    return new ResourceUpdate(key, value);
  }

  static ResourceUpdate remove(ResourceKey key) {
    return new ResourceUpdate(key, null);
  }

  static WorkloadEndpointKey endpointKey(String host, String name) {
    return new WorkloadEndpointKey(host, "cni", "default/" + name, "eth0");
  }

  static WorkloadEndpoint endpoint(
      String address, Map<String, String> labels, List<String> profiles, EndpointPort... ports) {
    return new WorkloadEndpoint(
        "cali" + address.hashCode() % 1000,
        List.of(Cidr.parse(address)),
        null,
        profiles,
        List.of(ports),
        Labels.of(labels),
        WorkloadExtras.NONE);
  }

  static NetworkSetKey networkSetKey(String name) {
    return new NetworkSetKey("", name);
  }

  static NetworkSet networkSet(Map<String, String> labels, String... nets) {
    return new NetworkSet(
        List.of(nets).stream().map(Cidr::parse).toList(), List.of(), Labels.of(labels));
  }

  static PolicyKey policyKey(String name) {
    return new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", name);
  }

  /** A policy of the default tier for what comes in. */
  static Policy policy(String selector, @Nullable Double order, Rule... ingress) {
    return policy("default", selector, order, ingress);
  }

  static Policy policy(String tier, String selector, @Nullable Double order, Rule... ingress) {
    var rules = new Rules(List.of(ingress), List.of());
    return new Policy(
        tier,
        order,
        Selector.parse(selector).canonical(),
        true,
        false,
        PolicyStage.TRACKED,
        false,
        rules);
  }

  static ResourceUpdate profileRules(String name, Rules rules) {
    return put(new ProfileRulesKey(name), rules);
  }

  static ResourceUpdate profileLabels(String name, Map<String, String> labels) {
    return put(new ProfileLabelsKey(name), new ProfileLabels(Labels.of(labels)));
  }

  static Rule allowFrom(@Nullable Protocol protocol, EntityMatch source) {
    return new Rule(
        RuleAction.ALLOW,
        null,
        protocol,
        null,
        null,
        null,
        source,
        EntityMatch.ANY,
        List.of(),
        RuleOrigin.NONE);
  }

  static Rule allowTo(@Nullable Protocol protocol, EntityMatch destination) {
    return new Rule(
        RuleAction.ALLOW,
        null,
        protocol,
        null,
        null,
        null,
        EntityMatch.ANY,
        destination,
        List.of(),
        RuleOrigin.NONE);
  }

  static EntityMatch selecting(@Nullable String selector, @Nullable String notSelector) {
    return new EntityMatch(
        selector, notSelector, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  static EntityMatch ports(
      @Nullable String selector, List<PortRange> ports, List<String> named, List<String> notNamed) {
    return new EntityMatch(selector, null, List.of(), List.of(), ports, named, List.of(), notNamed);
  }
}
