package felix.latency;

import static org.assertj.core.api.Assertions.assertThat;

import felix.count.Counts;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stamps, and what they add up to. */
final class StampsTest {
  private final ChangeLatency latency = new ChangeLatency();

  private static Stamp stamp(long received, ChangeKind kind) {
    return Stamp.decoded(received, received + 10).with(kind);
  }

  private long count(LatencyStage stage, ChangeKind kind) {
    long[] counts = latency.of(stage, kind).cumulative();
    return counts[counts.length - 1];
  }

  private long sum(LatencyStage stage, ChangeKind kind) {
    return latency.of(stage, kind).sum();
  }

  @Test
  void timeIsCutIntoStages() {
    var stamps = new Stamps();
    stamps.add(stamp(100, ChangeKind.POLICY));
    stamps.calculated(130);
    latency.took(stamps, new ChangeLatency.Apply(200, 1_000, 1_500, 700));

    assertThat(sum(LatencyStage.DECODE, ChangeKind.POLICY)).isEqualTo(10);
    assertThat(sum(LatencyStage.GRAPH, ChangeKind.POLICY)).isEqualTo(20);
    assertThat(sum(LatencyStage.WAIT, ChangeKind.POLICY)).isEqualTo(70);
    assertThat(sum(LatencyStage.PLAN, ChangeKind.POLICY)).isEqualTo(100);
    assertThat(sum(LatencyStage.KERNEL, ChangeKind.POLICY)).isEqualTo(700);
    assertThat(sum(LatencyStage.REST, ChangeKind.POLICY)).isEqualTo(500);
    assertThat(sum(LatencyStage.TOTAL, ChangeKind.POLICY)).isEqualTo(1_400);
    assertThat(count(LatencyStage.TOTAL, ChangeKind.ENDPOINT)).isZero();
  }

  /** Whatever comes together, in whatever portions: each change once, and no time is lost. */
  @Test
  void stagesAddUpAndEachChangeCountsOnce() {
    var random = new Random(11);
    var expected = new Counts<>(ChangeKind.class);
    var kinds = List.of(ChangeKind.values());
    var waiting = new Stamps();
    long now = 0;
    for (int delta = 0; delta < 500; delta++) {
      var stamps = new Stamps();
      for (int message = random.nextInt(5); message > 0; message--) {
        var stamp = Stamp.decoded(now += random.nextInt(50), now += random.nextInt(50));
        for (int change = random.nextInt(4); change > 0; change--) {
          var kind = kinds.get(random.nextInt(kinds.size()));
          expected.increment(kind);
          stamp = stamp.with(kind);
        }
        stamps.add(stamp);
      }
      stamps.calculated(now += random.nextInt(50));
      waiting.mergeLater(stamps);
      if (random.nextInt(30) == 0) {
        latency.took(
            waiting,
            new ChangeLatency.Apply(
                now, now += 100, now += random.nextInt(100), random.nextInt(200)));
        waiting.clear();
      }
    }
    latency.took(waiting, new ChangeLatency.Apply(now, now, now, 0));
    for (ChangeKind kind : kinds) {
      long parts = 0;
      for (LatencyStage stage : LatencyStage.values()) {
        assertThat(count(stage, kind)).isEqualTo(expected.get(kind));
        parts += stage == LatencyStage.TOTAL ? 0 : sum(stage, kind);
      }
      assertThat(parts).isEqualTo(sum(LatencyStage.TOTAL, kind));
    }
  }

  @Test
  void ofManyTheLatestAreHeldTogetherByTheirOldestTimes() {
    var stamps = new Stamps();
    IntStream.range(0, 10 * Stamps.LIMIT).forEach(i -> stamps.add(stamp(i, ChangeKind.OTHER)));

    assertThat(stamps.all()).hasSize(Stamps.LIMIT);
    assertThat(stamps.all()).extracting(Stamp::received).startsWith(0L, 1L, 2L).isSorted();
    assertThat(stamps.all().getLast().received()).isEqualTo(Stamps.LIMIT - 1);
    assertThat(stamps.all().stream().mapToInt(stamp -> stamp.count(ChangeKind.OTHER)).sum())
        .isEqualTo(10 * Stamps.LIMIT);
  }

  @Test
  void theOlderOfTwoIsFoundWhereTheClockOverflows() {
    var before = Stamp.decoded(Long.MAX_VALUE - 5, Long.MAX_VALUE - 1);
    var after = Stamp.decoded(Long.MIN_VALUE + 5, Long.MIN_VALUE + 9);

    assertThat(after.and(before).received()).isEqualTo(Long.MAX_VALUE - 5);
    assertThat(before.and(after).decoded()).isEqualTo(Long.MAX_VALUE - 1);
  }
}
