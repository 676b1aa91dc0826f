package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Outcome;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.LocalDelta;
import felix.model.IpVersion;
import felix.model.RuleAction;
import felix.model.WorkloadEndpointKey;
import felix.verdict.Connection;
import felix.verdict.Connection.Payload;
import felix.verdict.EndpointVerdict;
import felix.verdict.Evaluator;
import felix.verdict.PolicyState;
import felix.verdict.Step;
import felix.verdict.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the evaluator says of a connection, against what becomes of its first packet in the rendered
 * chains.
 */
class EvaluatorOracleTest {
  private static final int SCENARIOS = 3_000;
  private static final int PACKETS = 30;

  @Test
  void verdictsAreThoseOfTheRenderedChains() {
    var verdicts = new HashMap<Boolean, Integer>();
    var reasons = new HashMap<Class<?>, Integer>();
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var world = new World(seed);
      for (int i = 0; i < PACKETS; i++) {
        Packet packet = asNew(world.random.forwarded(world.version));
        Verdict verdict = world.decide(packet);
        if (verdict == null) {
          continue;
        }
        Outcome outcome = world.walk.from("FORWARD", packet, 0);

        assertThat(verdict.allowed())
            .as(() -> world + ", " + packet + ": " + verdict)
            .isEqualTo(world.isAllowed(outcome));
        assertThat(logLines(verdict))
            .as(() -> world + ", " + packet + ": " + verdict)
            .isEqualTo(outcome.logLines());
        verdicts.merge(verdict.allowed(), 1, Integer::sum);
        reasons.merge(verdict.endpoints().getLast().decision().getClass(), 1, Integer::sum);
      }
    }
    // Were nearly all connections to share one fate, the comparison would say little.
    assertThat(verdicts.values()).hasSize(2).allMatch(n -> n > SCENARIOS * PACKETS / 10);
    assertThat(reasons.keySet())
        .contains(
            Step.ByRule.class,
            Step.ByTierDefault.class,
            Step.ByNobody.class,
            Step.Encapsulated.class);
  }

  @Test
  void whatCameStepByStepDecidesLikeWhatCameAtOnce() {
    for (long seed = 0; seed < SCENARIOS / 10; seed++) {
      var world = new World(seed);
      var other = new World(seed + SCENARIOS);
      PolicyState detoured = world.empty();
      detoured.absorb(other.delta(true));
      detoured.absorb(other.delta(false));
      assertThat(detoured.absorb(world.delta(true))).isTrue();
      var evaluator = new Evaluator(detoured, world.settings.encapsulated());
      for (int i = 0; i < PACKETS; i++) {
        Packet packet = world.random.forwarded(world.version);
        var in = world.endpoint(packet.way().in());
        var out = world.endpoint(packet.way().out());
        Connection connection = connection(packet);
        assertThat(evaluator.decide(connection, in, out))
            .as("seed %d, %s", seed, packet)
            .isEqualTo(world.evaluator.decide(connection, in, out));
      }
    }
  }

  private static long logLines(Verdict verdict) {
    return verdict.endpoints().stream()
        .map(EndpointVerdict::steps)
        .flatMap(steps -> steps.stream())
        .filter(step -> step instanceof Step.ByRule rule && rule.action() == RuleAction.LOG)
        .count();
  }

  private static Packet asNew(Packet packet) {
    var way = packet.way();
    return new Packet(
        packet.source(),
        packet.destination(),
        packet.payload(),
        new Packet.Way(way.in(), way.out(), Packet.Connection.NEW, false));
  }

  private static Connection connection(Packet packet) {
    var carried = packet.payload();
    Payload payload;
    if (packet.hasPorts()) {
      payload = new Payload.Ports(carried.sourcePort(), carried.destinationPort());
    } else if (carried.protocol() == 1 || carried.protocol() == 58) {
      payload = new Payload.Icmp(carried.icmpType(), carried.icmpCode());
    } else {
      payload = new Payload.Other();
    }
    return new Connection(packet.source(), packet.destination(), carried.protocol(), payload);
  }

  /** A random host, once as its tables are and once as the evaluator sees it. */
  private static final class World {
    final IpVersion version;
    final RandomScenario random;
    final Scenario scenario;
    final PacketWalk walk;
    final Evaluator evaluator;
    private final RuleSettings settings;
    private final SetMembers sets;
    private final Map<String, WorkloadEndpointKey> endpoints = new HashMap<>();

    private final long seed;

    World(long seed) {
      this.seed = seed;
      version = seed % 2 == 0 ? IpVersion.V4 : IpVersion.V6;
      random = new RandomScenario(seed);
      // Policy of host endpoints is not the evaluator's.
      Scenario drawn = random.scenario();
      scenario = new Scenario(drawn.policies(), drawn.profiles(), drawn.workloads(), Map.of());
      settings = random.settings();
      sets = random.sets();
      var host = new HostChains(scenario, settings, version);
      walk = new PacketWalk(host.table(Table.FILTER), sets, version);
      for (ActiveWorkload workload : scenario.workloads()) {
        String name = workload.interfaceName();
        endpoints.put(name, new WorkloadEndpointKey("host", "cni", "default/" + name, "eth0"));
      }
      PolicyState state = empty();
      state.absorb(delta(true));
      evaluator = new Evaluator(state, settings.encapsulated());
    }

    @Override
    public String toString() {
      return "seed " + seed + "\nin " + scenario;
    }

    PolicyState empty() {
      return new PolicyState(Set.of(version), settings::isWorkload);
    }

    /** Null if a workload's interface without an endpoint is on the way, or none at all. */
    @Nullable Verdict decide(Packet packet) {
      var in = endpoint(packet.way().in());
      var out = endpoint(packet.way().out());
      boolean known =
          isKnown(packet.way().in()) && isKnown(packet.way().out()) && (in != null || out != null);
      return known ? evaluator.decide(connection(packet), in, out) : null;
    }

    @Nullable WorkloadEndpointKey endpoint(@Nullable String interfaceName) {
      return endpoints.get(interfaceName);
    }

    boolean isAllowed(Outcome outcome) {
      return switch (outcome.verdict()) {
        case ACCEPT -> true;
        case DROP -> false;
        case UNDECIDED -> settings.verdicts().filter() == AllowAction.RETURN;
      };
    }

    private boolean isKnown(@Nullable String interfaceName) {
      return interfaceName == null
          || endpoints.containsKey(interfaceName)
          || !settings.isWorkload(interfaceName);
    }

    /** All of it comes, or goes. */
    LocalDelta delta(boolean comes) {
      var delta = LocalDelta.none();
      for (Map.Entry<IpSetId, Set<IpSetMember>> set : sets.bySet().entrySet()) {
        for (IpSetMember member : set.getValue()) {
          if (comes) {
            delta.members().add(set.getKey(), member);
          } else {
            delta.members().remove(set.getKey(), member);
          }
        }
      }
      scenario.policies().forEach((key, policy) -> record(delta.policies(), key, policy, comes));
      scenario.profiles().forEach((name, rules) -> record(delta.profiles(), name, rules, comes));
      for (ActiveWorkload workload : scenario.workloads()) {
        var key = endpoints.get(workload.interfaceName());
        if (key != null) {
          record(delta.workloads(), key, workload, comes);
        }
      }
      return delta;
    }

    private static <K, V> void record(Changes<K, V> changes, K key, V value, boolean comes) {
      changes.record(key, comes ? null : value, comes ? value : null);
    }
  }
}
