package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Probe;
import felix.lab.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clusters that change, with an agent that is killed wherever it is with each change, and sometimes
 * again while it starts: what comes after it makes of the half-done work what was recorded.
 */
@Tag("packets")
class KilledAgentTest {
  /** For a state to be written, its workloads to come, and the rules to be changed for both. */
  private static final int STEP_MILLIS = 400;

  /** For a JVM to start, and the rules to be changed. */
  private static final int START_MILLIS = 2500;

  private static final int WORLDS = 3;

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  abstract static class Cases extends OneLab {
    private final Random random = new Random(SomeWorlds.SEED);
    private World.State before = Example.STATE;
    private int between;
    private int leaks;

    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.load(before);
    }

    @AfterAll
    void tell() {
      System.out.printf(
          "stopped before and after, while no agent ran: %d, arrived: %d%n", between, leaks);
    }

    static List<String> worlds() {
      return SomeWorlds.of("update", WORLDS);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void theNextOneMakesEveryPacketsVerdictTheRecordedOne(String name) {
      var states = World.named(name).states();
      for (int i = 0; i < states.size(); i++) {
        var state = states.get(i);
        var moment = Duration.ofMillis(random.nextInt(STEP_MILLIS));
        lab.loadAndKill(state, moment);
        countBetween(state);
        var alsoInStart = random.nextInt(3) == 0;
        if (alsoInStart) {
          lab.startAgent().killAfter(Duration.ofMillis(random.nextInt(START_MILLIS)));
        }
        lab.startAgent().awaitReady();
        assertThat(lab.wrongVerdicts(state))
            .as(
                "%s, state %d, killed after %s%s, -Dlab.seed=%d",
                name, i + 1, moment, alsoInStart ? " and in its start" : "", SomeWorlds.SEED)
            .isEmpty();
        before = state;
      }
    }

    /** Of what is stopped before and after. */
    private void countBetween(World.State after) {
      var stopped = new HashSet<>(stopped(before));
      var both = stopped(after).stream().filter(stopped::contains).toList();
      between += both.size();
      lab.arrived(both).forEach(i -> System.out.println("in between: " + both.get(i)));
      leaks += lab.arrived(both).size();
    }

    private static List<Probe> stopped(World.State state) {
      return IntStream.range(0, state.probes().size())
          .filter(i -> !state.allowed().contains(i))
          .mapToObj(state.probes()::get)
          .toList();
    }
  }
}
