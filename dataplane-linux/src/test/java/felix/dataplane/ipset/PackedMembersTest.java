package felix.dataplane.ipset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMembersTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "3, 3", "3, 4"})
  void behavesAsASetWhateverComesAndGoes(int words, long seed) {
    var random = new Random(seed);
    var members = new PackedMembers(words);
    Set<List<Long>> expected = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long[] member = member(random, words);
      List<Long> asList = LongStream.of(member).boxed().toList();
      // grows for a while, then shrinks: both ends of the table are met
      if (random.nextInt(20_000) > i) {
        assertThat(members.add(member)).isEqualTo(expected.add(asList));
      } else {
        assertThat(members.remove(member)).isEqualTo(expected.remove(asList));
      }
      assertThat(members.contains(member)).isEqualTo(expected.contains(asList));
      assertThat(members.size()).isEqualTo(expected.size());
    }
    Set<List<Long>> held = new HashSet<>();
    members.forEach(member -> held.add(LongStream.of(member).boxed().toList()));
    assertThat(held).as("seed %d", seed).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void clearedHoldsNothing(int words) {
    var members = new PackedMembers(words);
    var member = new long[words];
    Arrays.fill(member, -1);
    members.add(member);
    members.clear();
    assertThat(members.contains(member)).isFalse();
    assertThat(members.isEmpty()).isTrue();
  }

  /** One of a few hundred, so that members meet again. */
  private static long[] member(Random random, int words) {
    var member = new long[words];
    member[words - 1] = 1L << 63 | random.nextInt(700);
    return member;
  }
}
