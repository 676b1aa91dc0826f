package felix.log;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One output of the log: a queue, and a thread that writes what is in it. The thread alone uses the
 * target, and may hang there: who logs only ever meets the queue.
 */
final class Outlet {
  /** Felix's. */
  private static final int QUEUE_LENGTH = 100;

  /** Of the queue, kept free for warnings and what is worse. */
  private static final int RESERVED = 20;

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final long GAP_PERIOD = Duration.ofSeconds(10).toNanos();

  private final Target target;
  private final LogCounts counts;
  private final LongSupplier nanoTime;
  private final BiConsumer<Outlet, LogLine> others;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
  private final AtomicInteger tooSlow = new AtomicInteger();
  private final Repeats repeats = new Repeats();
  private final Budget budget;
  private volatile boolean ended;
  private int tooMany;
  private int lost;
  private boolean isFailing;
  private long saidGap;

  /** What the thread is asked to do. */
  private sealed interface Work {}

  /**
   * Write a line.
   *
   * @param isLimited whether repetition and size are held against it
   */
  private record Line(LogLine line, boolean isLimited) implements Work {}

  /** Say that all before has been written. */
  private record Flush(CountDownLatch done) implements Work {}

  /** Only to wake up. */
  private record Nudge() implements Work {}

  /**
   * An output that {@link #start} sets going.
   *
   * @param others takes what is to be said of this output, as this one cannot
   */
  Outlet(
      Target target, LogCounts counts, LongSupplier nanoTime, BiConsumer<Outlet, LogLine> others) {
    this.target = target;
    this.counts = counts;
    this.nanoTime = nanoTime;
    this.others = others;
    this.budget = new Budget(nanoTime.getAsLong());
    this.saidGap = nanoTime.getAsLong() - GAP_PERIOD;
  }

  Outlet start() {
    Thread.ofPlatform()
        .daemon()
        .name("log " + target.name())
        .uncaughtExceptionHandler((thread, fault) -> die(fault))
        .start(this::run);
    return this;
  }

  String name() {
    return target.name();
  }

  /** Gives it a line if there is room. Any thread; returns at once. */
  void offer(LogLine line) {
    boolean hasRoom =
        line.severity().isAtLeast(Severity.WARNING) || queue.remainingCapacity() > RESERVED;
    if (ended || !hasRoom || !queue.offer(new Line(line, true))) {
      drop();
    }
  }

  /** Gives it a line that counts, whatever it takes. Any thread; waits for room. */
  void put(LogLine line) {
    try {
      Line work = new Line(line, false);
      while (!ended) {
        if (queue.offer(work, TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    drop();
  }

  private void drop() {
    tooSlow.incrementAndGet();
    counts.countDropped();
  }

  /** Has it write all that it has and close. Returns at once. */
  void end() {
    ended = true;
    queue.offer(new Nudge());
  }

  /** What {@link CountDownLatch#countDown} is called on when all until now is written. */
  void flush(CountDownLatch done, Duration limit) {
    try {
      if (!queue.offer(new Flush(done), limit.toMillis(), TimeUnit.MILLISECONDS)) {
        drop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ended || !queue.isEmpty()) {
        take(next());
        long now = nanoTime.getAsLong();
        repeats.due(now).forEach(line -> pass(line, now));
        sayGap(now);
      }
      sayRest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      target.close();
    }
  }

  /** Null after a while if there is something to be said later. */
  private @Nullable Work next() throws InterruptedException {
    boolean hasLater = !repeats.isEmpty() || tooMany > 0 || tooSlow.get() > 0;
    return hasLater ? queue.poll(TICK.toMillis(), TimeUnit.MILLISECONDS) : queue.take();
  }

  private void take(@Nullable Work work) {
    switch (work) {
      case null -> {}
      case Nudge() -> {}
      case Flush(var done) -> {
        sayRest();
        done.countDown();
      }
      case Line(var line, var isLimited) -> {
        if (isLimited) {
          limit(line);
        } else {
          write(line);
        }
      }
    }
  }

  private void limit(LogLine line) {
    long now = nanoTime.getAsLong();
    if (repeats.admits(line, now)) {
      pass(line, now);
    } else {
      counts.countRepeated();
    }
  }

  private void pass(LogLine line, long now) {
    if (budget.takes(line, now)) {
      write(line);
    } else {
      tooMany++;
      counts.countDropped();
    }
  }

  private void sayRest() {
    repeats.rest().forEach(this::write);
    saidGap = nanoTime.getAsLong() - GAP_PERIOD;
    sayGap(nanoTime.getAsLong());
  }

  /** How many lines are missing, now and then. */
  private void sayGap(long now) {
    if (now - saidGap < GAP_PERIOD || (tooMany == 0 && tooSlow.get() == 0)) {
      return;
    }
    saidGap = now;
    int slow = tooSlow.getAndSet(0);
    int many = tooMany;
    tooMany = 0;
    if (slow > 0) {
      write(LogLine.own(Severity.WARNING, slow + " lines are missing: this output was too slow"));
    }
    if (many > 0) {
      write(LogLine.own(Severity.WARNING, many + " lines are missing: too many for one hour"));
    }
  }

  private void write(LogLine line) {
    try {
      target.write(line);
      if (isFailing) {
        isFailing = false;
        say(Severity.WARNING, "takes lines again; %d are missing there".formatted(lost));
        lost = 0;
      }
    } catch (IOException e) {
      counts.countError();
      lost++;
      if (!isFailing) {
        isFailing = true;
        say(Severity.ERROR, "cannot be written: " + e);
      }
    }
  }

  /** Where it can be read. */
  private void say(Severity severity, String what) {
    others.accept(this, LogLine.own(severity, "The log to " + target.name() + " " + what));
  }

  private void die(Throwable fault) {
    ended = true;
    counts.countError();
    say(Severity.ERROR, "has ended by a bug: " + fault);
  }
}
