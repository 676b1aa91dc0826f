package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.World;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random clusters with host endpoints, and what Felix v3.14 lets through. Each has a configuration
 * of its own, so each has an agent of its own, over what the one before left.
 */
@Tag("packets")
class HostWorldsTest {
  private static final int WORLDS = 5;

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
      lab.load(Example.STATE);
    }

    static List<String> worlds() {
      return SomeWorlds.of("host", WORLDS);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void everyPacketHasTheRecordedVerdict(String name) {
      var state = World.named(name).states().getFirst();
      lab.agent().kill();
      lab.load(withoutHostEndpoints(state));
      lab.startAgent().awaitReady();
      lab.load(state);
      lab.settle();
      assertThat(lab.wrongVerdicts(state)).as("-Dlab.seed=%d", SomeWorlds.SEED).isEmpty();
    }

    /** With them nobody may be able to ask the agent whether it is ready. */
    private static World.State withoutHostEndpoints(World.State state) {
      var kvs = new LinkedHashMap<>(state.kvs());
      kvs.keySet().removeIf(key -> key.contains("/hostendpoints/"));
      return state.with(kvs);
    }
  }
}
