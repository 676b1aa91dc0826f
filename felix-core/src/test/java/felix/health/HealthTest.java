package felix.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicLong work = new AtomicLong();
  private final Limits limits = new Limits();
  private final Health health = new Health(limits, now::get);

  @Test
  void threadThatStandsStillIsNamedWithItsLimit() {
    run(Heartbeat.Kind.VITAL);
    pass(LIMIT);
    assertThat(health.look().isLive()).isTrue();
    pass(Duration.ofSeconds(1));
    HealthReport report = health.look();
    assertThat(report.notLive())
        .singleElement()
        .asString()
        .startsWith("Part: thread worker made no progress for 91 s, since ")
        .endsWith("; the limit is 90 s");
    assertThat(report.isReady()).isFalse();
    assertThat(report.stuck()).hasSize(1);
  }

  @Test
  void anyPieceOfWorkIsProgress() {
    run(Heartbeat.Kind.VITAL);
    for (int i = 0; i < 5; i++) {
      pass(LIMIT);
      work.incrementAndGet();
      assertThat(health.look().isLive()).isTrue();
    }
  }

  @Test
  void whoGetsOnAgainIsLiveAgain() {
    run(Heartbeat.Kind.VITAL);
    pass(LIMIT.multipliedBy(2));
    assertThat(health.look().isLive()).isFalse();
    work.incrementAndGet();
    assertThat(health.look().isLive()).isTrue();
  }

  @Test
  void timeInWhichTheProcessWasStoppedDoesNotCount() {
    run(Heartbeat.Kind.VITAL);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(health.look().isLive()).isTrue();
  }

  @Test
  void threadThatNobodyNeedsMayBeStuck() {
    run(Heartbeat.Kind.EXTRA);
    pass(LIMIT.multipliedBy(2));
    HealthReport report = health.look();
    assertThat(report.isLive()).isTrue();
    assertThat(report.isReady()).isTrue();
    assertThat(report.stuck()).hasSize(1);
    assertThat(health.details())
        .containsExactly("Part: thread worker, progress 180 s ago, limit 90 s");
  }

  @Test
  void limitsCanBeOverriddenWhileItRuns() {
    run(Heartbeat.Kind.VITAL);
    pass(Duration.ofSeconds(30));
    limits.override(Map.of("part", Duration.ofSeconds(20)));
    assertThat(health.look().isLive()).isFalse();
    limits.override(Map.of("part", Duration.ZERO));
    pass(LIMIT);
    assertThat(health.look().isLive()).isTrue();
  }

  @Test
  void beforeItRunsItIsLiveAndSaysWhatItWaitsFor() {
    health.phase("waiting for etcd");
    HealthReport report = health.look();
    assertThat(report.isLive()).isTrue();
    assertThat(report.notReady()).containsExactly("waiting for etcd");
  }

  private void run(Heartbeat.Kind kind) {
    health.running(
        List.of(new Heartbeat("Part", "worker", work::get, LIMIT, kind)),
        List.of(Optional::empty),
        () -> "well");
  }

  /** As if somebody had looked every second. */
  private void pass(Duration time) {
    for (long seconds = time.toSeconds(); seconds > 0; seconds--) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      health.look();
    }
  }
}
