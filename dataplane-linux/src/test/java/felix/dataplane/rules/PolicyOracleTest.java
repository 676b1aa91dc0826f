package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.model.IpVersion;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

/**
 * Packets through the rendered chains as the kernel would take them, against what the rules they
 * were rendered from say.
 */
class PolicyOracleTest {
  private static final int SCENARIOS = 3_000;
  private static final int PACKETS = 30;

  @Test
  void forwardedPacketsFareAsPolicySays() {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var world = new World(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.forwarded(world.version);
        var expected = world.naive.forwarded(packet);
        world.compare("FORWARD", packet, expected);
        verdicts.merge(expected.verdict(), 1, Integer::sum);
      }
    }
    // Were nearly all packets to share one fate, the comparison would say little.
    assertThat(verdicts.values()).hasSize(3).allMatch(n -> n > SCENARIOS * PACKETS / 20);
  }

  @Test
  void packetsFromWorkloadsToTheHostFareAsPolicySays() {
    for (long seed = 0; seed < SCENARIOS / 3; seed++) {
      var world = new World(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.received(world.version);
        world.compare("INPUT", packet, world.naive.received(packet));
      }
    }
  }

  private static final class World {
    private final long seed;
    private final IpVersion version;
    private final RandomScenario random;
    private final Scenario scenario;
    private final NaiveHost naive;
    private final PacketWalk kernel;

    World(long seed) {
      this.seed = seed;
      this.version = seed % 2 == 0 ? IpVersion.V4 : IpVersion.V6;
      this.random = new RandomScenario(seed);
      this.scenario = random.scenario();
      var settings = random.settings();
      var sets = random.sets();
      this.naive = new NaiveHost(scenario, settings, sets);
      var chains = new HostChains(scenario, settings, version).table(Table.FILTER);
      this.kernel = new PacketWalk(chains, sets, version);
    }

    void compare(String hook, Packet packet, NaiveHost.Expected expected) {
      var outcome = kernel.from(hook, packet, 0);
      assertThat(new NaiveHost.Expected(outcome.verdict(), outcome.logLines()))
          .as(() -> "seed " + seed + ", " + packet + "\nin " + scenario)
          .isEqualTo(expected);
    }
  }
}
