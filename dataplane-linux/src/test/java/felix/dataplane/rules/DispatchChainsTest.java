package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.delta.Direction;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DispatchChainsTest {
  private static final int OWN_CHAIN = 1;

  @Test
  void everyInterfaceFindsItsOwnChainAndOthersAreDropped() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var known = names(random, seed % 10 == 0 ? 400 : 12);
      for (String name : known) {
        assertThat(fate(known, name)).as("seed %d, %s of %s", seed, name, known).isEqualTo(name);
      }
      var unknown = names(random, 12);
      unknown.removeAll(known);
      for (String name : unknown) {
        assertThat(fate(known, name)).as("seed %d, %s of %s", seed, name, known).isEqualTo("DROP");
      }
    }
  }

  @Test
  void withoutEndpointsBothRootsDropAll() {
    assertThat(DispatchChains.workloads(List.of(), DenyAction.DROP))
        .extracting(Chain::name)
        .containsExactly("cali-from-wl-dispatch", "cali-to-wl-dispatch");
    assertThat(fate(Set.of(), "cali1")).isEqualTo("DROP");
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    assertThat(DispatchChains.workloads(List.of("cali2", "cali1", "cali2"), DenyAction.DROP))
        .isEqualTo(DispatchChains.workloads(List.of("cali1", "cali2"), DenyAction.DROP));
  }

  @Test
  void aNameThatStandsForManyIsRefused() {
    assertThatThrownBy(() -> DispatchChains.workloads(List.of("cali+"), DenyAction.DROP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The interface whose chain a packet comes to, by either root; or its verdict. */
  private static String fate(Set<String> known, String name) {
    var chains = new HashMap<String, Chain>();
    DispatchChains.workloads(known, DenyAction.DROP)
        .forEach(chain -> chains.put(chain.name(), chain));
    var marks = new ArrayList<>(known);
    for (int i = 0; i < marks.size(); i++) {
      for (var direction : Direction.values()) {
        String chain = ChainNames.workload(direction, marks.get(i));
        var found = Rule.of(new Action.SetMark(OWN_CHAIN + i));
        chains.put(chain, new Chain(chain, List.of(found)));
      }
    }
    var walk = new PacketWalk(chains, new SetMembers(Map.of()), IpVersion.V4);
    var from = walk.from(ChainNames.FROM_WORKLOAD_DISPATCH, packet(name), 0);
    assertThat(walk.from(ChainNames.TO_WORKLOAD_DISPATCH, packet(name), 0)).isEqualTo(from);
    return from.verdict() == Verdict.UNDECIDED
        ? marks.get(from.mark() - OWN_CHAIN)
        : from.verdict().name();
  }

  private static Packet packet(String name) {
    return new Packet(
        Ip.parse("10.0.0.1"),
        Ip.parse("10.0.0.2"),
        new Packet.Payload(6, 1, 1, 0, 0),
        new Packet.Way(name, name, Packet.Connection.NEW, false));
  }

  /** Short ones of few letters, so that some begin as others do. */
  private static Set<String> names(Random random, int most) {
    var names = new TreeSet<String>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      var name = new StringBuilder("cali");
      for (int length = random.nextInt(most > 100 ? 12 : 4); length > 0; length--) {
        name.append("ab-".charAt(random.nextInt(3)));
      }
      names.add(name.toString());
    }
    return names;
  }
}
