package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.World;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random clusters, with what Felix v3.14 lets through as recorded. One agent runs from world to
 * world, so each is also a change from the one before; the update worlds change by themselves.
 */
@Tag("packets")
class WorldsTest {
  /** Together they have all that worlds of their kind have. */
  private static final List<String> ALWAYS =
      List.of(
          "world-12",
          "world-10",
          "world-38",
          "world-40",
          "world-30",
          "world-36",
          "world-6",
          "world-9",
          "update-5",
          "update-13",
          "ipv6-3",
          "tiers-19");

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
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.load(World.named(ALWAYS.getFirst()).states().getFirst());
    }

    static Stream<String> worlds() {
      return Stream.of(
              ALWAYS,
              SomeWorlds.of("world", 2),
              SomeWorlds.of("tiers", 3),
              SomeWorlds.of("ipv6", 3),
              SomeWorlds.of("update", 1))
          .flatMap(List::stream)
          .distinct();
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void everyPacketHasTheRecordedVerdict(String name) {
      var world = World.named(name);
      for (int i = 0; i < world.states().size(); i++) {
        var state = world.states().get(i);
        lab.load(state);
        lab.settle();
        assertThat(lab.wrongVerdicts(state)).as("%s, state %d", name, i + 1).isEmpty();
      }
    }
  }
}
