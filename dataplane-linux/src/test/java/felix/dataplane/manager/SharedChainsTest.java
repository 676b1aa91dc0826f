package felix.dataplane.manager;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.denyAll;
import static felix.dataplane.DeltaBuilder.policyKey;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.rules.Action;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.EndpointChains;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.delta.TierPolicies;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import felix.model.RuleAction;
import felix.model.WorkloadExtras;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The chains of workloads and policies that are desired after any history. */
class SharedChainsTest {
  private static final RuleSettings SETTINGS = RuleSettings.defaults();
  private static final List<String> POLICIES = List.of("a", "b", "c");

  /** What StaticChains has for these to lead to. */
  private static final Set<String> STATIC =
      Set.of("cali-to-wl-start", "cali-from-wl-start", "cali-set-accept", "cali-set-pass");

  private static final Set<String> ROOTS = Set.of("cali-from-wl-dispatch", "cali-to-wl-dispatch");

  /** The managers of one host with what they desire of the filter table. */
  private static final class Host {
    final RecordingDesired<String, Chain> filter = new RecordingDesired<>();
    private final Manager policies =
        new PolicyManager(new PolicyChains(SETTINGS, IpVersion.V4), Map.of(Table.FILTER, filter));
    private final Manager endpoints =
        new EndpointManager(List.of(new WorkloadChains(new EndpointChains(SETTINGS), filter)));

    void absorb(DataplaneDelta delta) {
      policies.absorb(delta);
      endpoints.absorb(delta);
    }
  }

  @Test
  void anyHistoryEndsWithTheChainsOfAFreshProcess() {
    int shared = 0;
    for (long seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var host = new Host();
      var cluster = new DeltaBuilder().profile("p", allowAll()).profile("q", denyAll());
      POLICIES.forEach(policy -> cluster.policy(policy, allowAll()));
      for (int step = 0; step < 25; step++) {
        for (int i = random.nextInt(4); i >= 0; i--) {
          change(cluster, random);
        }
        host.absorb(cluster.take());
        assertEachChainIsLedToAndThere(host.filter.desired, seed);
      }
      var fresh = new Host();
      fresh.absorb(cluster.snapshot());
      assertThat(host.filter.desired).as("seed %d", seed).isEqualTo(fresh.filter.desired);
      shared +=
          host.filter.desired.keySet().stream().anyMatch(n -> n.startsWith("cali-tg-")) ? 1 : 0;
    }
    assertThat(shared).as("histories that end with shared chains").isGreaterThan(20);
  }

  @Test
  void thirdEndpointOfAGroupHasNothingElseRendered() {
    var host = new Host();
    var cluster = new DeltaBuilder().profile("p", allowAll()).policy("a", allowAll());
    IntStream.range(0, 3).forEach(i -> cluster.workload("w" + i, workload("cali1" + i, 1)));
    host.absorb(cluster.take());
    host.filter.timesSet.clear();
    cluster.workload("w3", workload("cali13", 1));
    host.absorb(cluster.take());
    assertThat(host.filter.timesSet)
        .containsOnlyKeys(
            "cali-tw-cali13", "cali-fw-cali13", "cali-from-wl-dispatch", "cali-to-wl-dispatch");
  }

  private static void change(DeltaBuilder cluster, Random random) {
    int i = random.nextInt(8);
    switch (random.nextInt(5)) {
      case 0 -> cluster.workload("w" + i, null);
      case 1 -> {
        var rules = random.nextBoolean() ? allowAll() : denyAll();
        cluster.policy(POLICIES.get(random.nextInt(POLICIES.size())), rules);
      }
      default -> cluster.workload("w" + i, workload("cali" + i, random.nextInt(1 << 7)));
    }
  }

  private static ActiveWorkload workload(String interfaceName, int bits) {
    var ingress = policies(bits);
    var egress = (bits & 8) == 0 ? List.<PolicyKey>of() : policies(bits >> 1);
    var tier = new TierPolicies("default", RuleAction.DENY, ingress, egress);
    return new ActiveWorkload(
        interfaceName,
        List.of(),
        null,
        ingress.isEmpty() && egress.isEmpty() ? List.of() : List.of(tier),
        (bits & 0x60) == 0 ? List.of("p", "q") : List.of("p"),
        WorkloadExtras.NONE);
  }

  private static List<PolicyKey> policies(int bits) {
    var keys = new ArrayList<PolicyKey>();
    for (int i = 0; i < POLICIES.size(); i++) {
      if ((bits >> i & 1) != 0) {
        keys.add(policyKey(POLICIES.get(i)));
      }
    }
    return keys;
  }

  /** Else the kernel refuses the table, or keeps what nobody needs. */
  private static void assertEachChainIsLedToAndThere(Map<String, Chain> chains, long seed) {
    var ledTo = new HashSet<>(ROOTS);
    for (var chain : chains.values()) {
      for (var rule : chain.rules()) {
        switch (rule.action()) {
          case Action.Jump(var target) -> ledTo.add(target);
          case Action.Goto(var target) -> ledTo.add(target);
          default -> {}
        }
      }
    }
    ledTo.removeAll(STATIC);
    var there = new HashSet<>(chains.keySet());
    there.removeIf(name -> name.startsWith("cali-pr")); // profiles are there while they are active
    ledTo.removeIf(name -> name.startsWith("cali-pr"));
    assertThat(there).as("seed %d", seed).isEqualTo(ledTo);
  }
}
