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
  private static final int SCENARIOS = 2_000;
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
        world.forwards(packet, expected);
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
        world.receives(packet, expected);
        verdicts.merge(expected.verdict(), 1, Integer::sum);
      }
    }
    assertThat(verdicts.values()).hasSize(3).allMatch(n -> n > SCENARIOS * PACKETS / 20);
  }

  @Test
  void packetsOfTheHostFareAsPolicyAndOverlaySay() {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    int untracked = 0;
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var world = new RandomWorld(seed);
      for (int i = 0; i < PACKETS; i++) {
        var packet = world.random.sent(world.version);
        var expected = world.naive.sent(packet);
        world.sends(packet, expected);
        verdicts.merge(expected.verdict(), 1, Integer::sum);
        untracked += expected.untracked() ? 1 : 0;
      }
    }
    assertThat(verdicts.values()).hasSize(3).allMatch(n -> n > SCENARIOS * PACKETS / 20);
    assertThat(untracked).isGreaterThan(SCENARIOS);
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
}
