package felix.bench;

import felix.delta.ActiveEntity;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.TierPolicies;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadExtras;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Policies and endpoints of one host, as the calculation graph hands them to the dataplane. */
public final class ActiveWorld {
  private static final int POLICIES_AN_ENDPOINT = 5;

  private ActiveWorld() {}

  /** The name of a policy. */
  public static PolicyKey key(int i) {
    return new PolicyKey(PolicyKind.NETWORK_POLICY, "default", "default.allow-clients-of-" + i);
  }

  /** Five rules: two IP sets, a list of ports, two networks, a denial. */
  public static ActivePolicy policy(int i) {
    var ingress =
        List.of(
            rule(RuleAction.ALLOW, Protocol.TCP, set(i), ports(80, 443, 8080)),
            rule(RuleAction.ALLOW, Protocol.TCP, set(i + 1), ports(9000 + i % 1000)),
            ActiveRule.of(RuleAction.DENY));
    var egress =
        List.of(
            rule(RuleAction.ALLOW, Protocol.UDP, ActiveEntity.ANY, ports(53)),
            rule(RuleAction.ALLOW, null, ActiveEntity.ANY, nets(i)));
    return new ActivePolicy("default", PolicyStage.TRACKED, new ActiveRules(ingress, egress));
  }

  /** An endpoint with five policies each way and two profiles. */
  public static ActiveWorkload workload(int i) {
    List<PolicyKey> policies =
        IntStream.range(i, i + POLICIES_AN_ENDPOINT).mapToObj(ActiveWorld::key).toList();
    return new ActiveWorkload(
        "cali%07x".formatted(i),
        List.of(new Ip(IpVersion.V4, 0, 0x0a000000L + i).toCidr()),
        new MacAddress(0x020000000000L + i),
        List.of(new TierPolicies("default", RuleAction.DENY, policies, policies)),
        List.of("kns.default", "ksa.default.default"),
        WorkloadExtras.NONE);
  }

  private static ActiveRule rule(
      RuleAction action,
      @Nullable Protocol protocol,
      ActiveEntity source,
      ActiveEntity destination) {
    return new ActiveRule(
        action, null, protocol, null, null, null, source, destination, List.of(), RuleOrigin.NONE);
  }

  private static ActiveEntity set(int i) {
    return entity(List.of(), List.of(), List.of(new IpSetId("s:%022d".formatted(i))));
  }

  private static ActiveEntity ports(int... ports) {
    return entity(
        List.of(), IntStream.of(ports).mapToObj(PortRange::of).toList(), List.<IpSetId>of());
  }

  private static ActiveEntity nets(int i) {
    return entity(
        List.of(Cidr.parse("192.168." + i % 256 + ".0/24")), List.of(), List.<IpSetId>of());
  }

  private static ActiveEntity entity(List<Cidr> nets, List<PortRange> ports, List<IpSetId> sets) {
    return new ActiveEntity(
        nets, List.of(), ports, List.of(), sets, List.of(), List.of(), List.of());
  }
}
