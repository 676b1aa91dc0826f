package felix.delta;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberChangesTest {
  private static final IpSetId SET = new IpSetId("s:one");
  private static final List<IpSetMember> MEMBERS =
      List.of(net("10.0.0.1"), net("10.0.0.2"), net("fd00::1"));

  @Test
  void memberThatCameAndLeftIsNotMentioned() {
    var changes = new MemberChanges();
    changes.add(SET, MEMBERS.get(0));
    changes.remove(SET, MEMBERS.get(1));
    changes.remove(SET, MEMBERS.get(0));
    changes.add(SET, MEMBERS.get(1));

    assertThat(changes.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mergedIsTheSameAsOneAfterTheOther(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var start = new HashSet<IpSetMember>();
      walk(start, random);
      var oneByOne = new HashSet<>(start);
      MemberChanges merged = walk(oneByOne, random);
      merged.mergeLater(walk(oneByOne, random));
      merged.mergeLater(walk(oneByOne, random));

      var atOnce = new HashSet<>(start);
      for (var entry : merged.all()) {
        assertThat(start).as("seed %s", seed).containsAll(entry.getValue().removed());
        atOnce.removeAll(entry.getValue().removed());
        for (IpSetMember added : entry.getValue().added()) {
          assertThat(atOnce.add(added)).as("seed %s", seed).isTrue();
        }
      }
      assertThat(atOnce).as("seed %s", seed).isEqualTo(oneByOne);
    }
  }

  @Test
  void setsDoNotMix() {
    var changes = new MemberChanges();
    var other = new IpSetId("s:two");
    changes.add(SET, MEMBERS.get(0));
    changes.remove(other, MEMBERS.get(0));

    assertThat(changes.all())
        .containsExactlyInAnyOrder(
            Map.entry(SET, new MemberChanges.OfSet(Set.of(MEMBERS.get(0)), Set.of())),
            Map.entry(other, new MemberChanges.OfSet(Set.of(), Set.of(MEMBERS.get(0)))));
  }

  private static MemberChanges walk(Set<IpSetMember> state, Random random) {
    var changes = new MemberChanges();
    int steps = random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      IpSetMember member = MEMBERS.get(random.nextInt(MEMBERS.size()));
      if (state.remove(member)) {
        changes.remove(SET, member);
      } else {
        state.add(member);
        changes.add(SET, member);
      }
    }
    return changes;
  }

  private static IpSetMember net(String text) {
    return new IpSetMember.Net(Cidr.parse(text));
  }
}
