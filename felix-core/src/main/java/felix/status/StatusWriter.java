package felix.status;

import felix.datastore.StatusStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes status to the datastore on a thread of its own, {@code status}, according to a plan that
 * may change; it ends itself when there is nothing to write any more. Whatever the datastore does,
 * nobody else notices: after a failure it waits longer and longer.
 */
final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

  /** Felix's: so long as a process that is started again and again does not report. */
  static final Duration BEFORE_FIRST = Duration.ofSeconds(10);

  /** Felix's: so many delays of endpoints between two comparisons. */
  static final int DELAYS_BETWEEN_COMPARISONS = 180;

  private static final Duration LEAST_DELAY = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final double JITTER = 0.1;

  private final StatusKeys keys;
  private final EndpointBoard board;
  private final StatusStore store;
  private final EndpointKeys endpoints;
  private final RandomGenerator random;
  private final Life life;
  private final AtomicLong failures = new AtomicLong();
  private volatile ReportingPlan plan = ReportingPlan.NONE;
  private volatile long progress;
  private long nextReport;
  private long nextTurn = System.nanoTime();
  private long nextComparison = nextTurn;
  private long notBefore = nextTurn;
  private Duration pause = Duration.ZERO;

  /**
   * This process.
   *
   * @param started by {@link System#nanoTime}
   * @param beforeFirst how long after that the first report comes
   * @param reported whether one was written already
   */
  record Life(long started, Duration beforeFirst, AtomicBoolean reported) {}

  StatusWriter(
      StatusKeys keys, EndpointBoard board, StatusStore store, RandomGenerator random, Life life) {
    this.keys = keys;
    this.board = board;
    this.store = store;
    this.endpoints = new EndpointKeys(keys, board, store);
    this.random = random;
    this.life = life;
    this.nextReport = life.started() + life.beforeFirst().toNanos();
  }

  /** Another number after each piece of work. */
  long progress() {
    return progress;
  }

  /** How many times the datastore did not take what it was to. */
  long failures() {
    return failures.get();
  }

  /** Any thread. Counts at once. */
  void follow(ReportingPlan other) {
    plan = other;
    board.wake();
  }

  /** Returns once the plan has nothing to write. */
  void run() {
    try {
      while (true) {
        long version = board.version();
        ReportingPlan now = plan;
        if (!now.writesAnything()) {
          return;
        }
        progress = System.nanoTime();
        if (isDue(notBefore)) {
          tryToWork(now);
        }
        board.awaitNews(version, untilNext(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryToWork(ReportingPlan now) throws InterruptedException {
    try {
      work(now);
      if (!pause.isZero()) {
        LOG.info("Status is written again");
        pause = Duration.ZERO;
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void work(ReportingPlan now) throws IOException, InterruptedException {
    if (now.interval().isPositive() && isDue(nextReport)) {
      report(now);
      nextReport = System.nanoTime() + now.interval().toNanos();
    }
    if (now.endpoints() && isDue(nextTurn)) {
      nextTurn = later(delay(now));
      endpoints.turn();
      if (isDue(nextComparison) && board.isComplete()) {
        nextComparison = later(delay(now).multipliedBy(DELAYS_BETWEEN_COMPARISONS));
        endpoints.compare();
      }
    }
  }

  private void report(ReportingPlan now) throws IOException, InterruptedException {
    Duration uptime = Duration.ofNanos(System.nanoTime() - life.started());
    String text = StatusText.agent(Instant.now(), uptime, !life.reported().get());
    store.put(keys.status(), text, now.timeToLive());
    life.reported().set(true);
    store.put(keys.lastReported(), text, Duration.ZERO);
  }

  private Duration untilNext(ReportingPlan now) {
    long current = System.nanoTime();
    long wait = LONGEST_WAIT.toNanos();
    if (now.interval().isPositive()) {
      wait = Math.min(wait, nextReport - current);
    }
    if (now.endpoints() && (endpoints.isWorkWaiting() || isDue(nextComparison))) {
      wait = Math.min(wait, nextTurn - current);
    }
    long pausing = Math.min(LONGEST_WAIT.toNanos(), notBefore - current);
    return Duration.ofNanos(Math.max(0, Math.max(wait, pausing)));
  }

  private void failed(IOException e) {
    failures.incrementAndGet();
    if (pause.isZero()) {
      LOG.warn("Status cannot be written: {}; trying on", e.getMessage());
    } else {
      LOG.debug("Status: {}", e.getMessage());
    }
    Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    notBefore = later(pause);
  }

  private static Duration delay(ReportingPlan now) {
    Duration delay = now.endpointDelay();
    return delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay;
  }

  private long later(Duration delay) {
    return System.nanoTime() + (long) (delay.toNanos() * (1 + JITTER * random.nextDouble()));
  }

  private static boolean isDue(long at) {
    return at - System.nanoTime() <= 0;
  }
}
