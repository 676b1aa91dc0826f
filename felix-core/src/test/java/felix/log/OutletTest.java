package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutletTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Collecting target = new Collecting();
  private final LogCounts counts = new LogCounts();
  private final AtomicLong clock = new AtomicLong();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();
  private final Outlet outlet =
      new Outlet(target, counts, clock::get, (about, line) -> elsewhere.add(line.text())).start();

  @AfterEach
  void end() {
    target.goOn();
    outlet.end();
  }

  @Test
  void whatAHangingOutputCannotTakeIsDroppedAndCounted() throws InterruptedException {
    target.hang();
    for (int i = 0; i < 10_000; i++) {
      outlet.offer(line(Severity.INFO, "news"));
    }
    assertThat(counts.dropped()).isGreaterThanOrEqualTo(10_000 - 101);

    target.goOn();
    flush();
    long written = target.texts().stream().filter("news"::equals).count();
    assertThat(written + counts.dropped()).isEqualTo(10_000);
    assertThat(target.texts())
        .contains(counts.dropped() + " lines are missing: this output was too slow");
  }

  @Test
  void newsDoNotTakeTheRoomOfErrors() throws InterruptedException {
    target.hang();
    for (int i = 0; i < 1_000; i++) {
      outlet.offer(line(Severity.INFO, "news"));
    }
    outlet.offer(line(Severity.ERROR, "bad"));
    target.goOn();
    flush();
    assertThat(target.texts()).contains("bad");
  }

  @Test
  void anOutputThatFailsIsSpokenOfOnceAndAgainWhenItWorks() throws InterruptedException {
    target.isBroken = true;
    for (int i = 0; i < 50; i++) {
      outlet.offer(line(Severity.INFO, "news"));
    }
    flush();
    assertThat(counts.errors()).isEqualTo(50);
    assertThat(elsewhere)
        .containsExactly(
            "The log to collecting cannot be written: java.io.IOException: No space left on device");

    target.isBroken = false;
    outlet.offer(line(Severity.INFO, "at last"));
    flush();
    assertThat(target.texts()).containsExactly("at last");
    assertThat(elsewhere.getLast())
        .isEqualTo("The log to collecting takes lines again; 50 are missing there");
  }

  @Test
  void repeatedErrorsAreSaidAtTheEndAtTheLatest() throws InterruptedException {
    for (int i = 0; i < 30; i++) {
      outlet.offer(line(Severity.ERROR, "bad " + i));
    }
    flush();
    assertThat(target.texts())
        .containsExactly("bad 0", "bad 29 (29 more of this kind within PT10S)");
    assertThat(counts.repeated()).isEqualTo(29);
  }

  @Test
  void aSummaryNeedsNoFurtherLine() {
    outlet.offer(line(Severity.ERROR, "bad"));
    outlet.offer(line(Severity.ERROR, "bad"));
    await(() -> counts.repeated() == 1);
    clock.addAndGet(Duration.ofSeconds(10).toNanos());
    await(() -> target.lines.size() == 2);
  }

  @Test
  void tooMuchForAnHourIsLeftOutAndSaid() throws InterruptedException {
    String text = "x".repeat(8_000);
    for (int i = 0; i < 1_000; i++) {
      outlet.offer(line(Severity.INFO, text));
      if (i % 50 == 0) {
        flush();
      }
    }
    flush();
    long written = target.texts().stream().filter(text::equals).count();
    assertThat(written).isBetween(100L, 130L);
    assertThat(written + counts.dropped()).isEqualTo(1_000);
    assertThat(target.texts())
        .anyMatch(line -> line.endsWith("lines are missing: too many for one hour"));
  }

  @Test
  void withoutDroppingWhoLogsWaitsAndNothingIsLost() throws InterruptedException {
    target.hang();
    var logging =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    outlet.put(line(Severity.ERROR, "line " + i));
                  }
                });
    await(() -> logging.getState() == Thread.State.TIMED_WAITING);
    target.goOn();
    logging.join();
    flush();
    assertThat(target.lines).hasSize(500);
    assertThat(counts.dropped() + counts.repeated()).isZero();
  }

  @Test
  void nobodyWaitsForAnOutputThatHasEnded() {
    outlet.end();
    await(() -> target.isClosed);
    for (int i = 0; i < 500; i++) {
      outlet.put(line(Severity.ERROR, "late"));
    }
    assertThat(counts.dropped()).isEqualTo(500);
  }

  @Test
  void theEndDoesNotWaitForAnOutputThatHangs() throws InterruptedException {
    target.hang();
    outlet.offer(line(Severity.INFO, "news"));
    var done = new CountDownLatch(1);
    outlet.flush(done, Duration.ofMillis(10));
    assertThat(done.await(10, TimeUnit.MILLISECONDS)).isFalse();
  }

  private void flush() throws InterruptedException {
    var done = new CountDownLatch(1);
    outlet.flush(done, LONG);
    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static LogLine line(Severity severity, String text) {
    return new LogLine(0, severity, "main", "Test", text, List.of());
  }
}
