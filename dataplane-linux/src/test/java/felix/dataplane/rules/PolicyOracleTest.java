package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Verdict;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

/**
 * Packets through the rendered chains as the kernel would take them, against what the rules they
 * were rendered from say.
 */
class PolicyOracleTest {
  private static final int SCENARIOS = 3_000;
  private static final int OVERLAYS = 1_000;
  private static final int PACKETS = 30;

  @Test
  void forwardedPacketsFareAsPolicySays() {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var world = new RandomWorld(seed);
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
  void packetsToTheHostFareAsPolicyAndOverlaySay() {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var world = new RandomWorld(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.received(world.version);
        var expected = world.naive.received(packet);
        world.compare("INPUT", packet, expected);
        verdicts.merge(expected.verdict(), 1, Integer::sum);
      }
    }
    assertThat(verdicts.values()).hasSize(3).allMatch(n -> n > SCENARIOS * PACKETS / 20);
  }

  @Test
  void packetsOfTheHostFareAsTheOverlaySays() {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (long seed = 0; seed < OVERLAYS; seed++) {
      var world = new RandomWorld(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.sent(world.version);
        var expected = world.naive.sent(packet);
        world.compare("OUTPUT", packet, expected);
        verdicts.merge(expected.verdict(), 1, Integer::sum);
      }
    }
    assertThat(verdicts.getOrDefault(Verdict.ACCEPT, 0)).isGreaterThan(50);
  }

  @Test
  void sourcesAreTranslatedAsPoolsAndTunnelsSay() {
    int masqueraded = 0;
    int translated = 0;
    for (long seed = 0; seed < OVERLAYS; seed++) {
      var world = new RandomWorld(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.sent(world.version);
        var expected = world.naive.translation(packet);
        assertThat(world.nat.from("POSTROUTING", packet, 0).translation())
            .as(() -> world + ", " + packet)
            .isEqualTo(expected);
        masqueraded += expected instanceof Action.Masquerade ? 1 : 0;
        translated += expected instanceof Action.SourceNat ? 1 : 0;
      }
    }
    assertThat(masqueraded).isGreaterThan(500);
    assertThat(translated).isGreaterThan(500);
  }

  @Test
  void wrappedPacketsAreNotTracked() {
    int untracked = 0;
    for (long seed = 0; seed < OVERLAYS; seed++) {
      var world = new RandomWorld(seed);
      for (int i = 0; i < PACKETS; i++) {
        var received = world.random.received(world.version);
        var sent = world.random.sent(world.version);
        assertThat(world.raw.from("PREROUTING", received, 0).untracked())
            .as(() -> world + ", " + received)
            .isEqualTo(world.naive.isUntracked(received));
        assertThat(world.raw.from("OUTPUT", sent, 0).untracked())
            .as(() -> world + ", " + sent)
            .isEqualTo(world.naive.isUntracked(sent));
        untracked += world.naive.isUntracked(sent) ? 1 : 0;
      }
    }
    assertThat(untracked).isGreaterThan(50);
  }
}
