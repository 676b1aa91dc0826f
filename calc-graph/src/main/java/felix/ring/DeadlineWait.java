package felix.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Has a ring's thread sleep until something is published, or until the handler has something to do
 * of its own. It is woken once a second at least, as a sign of life. For rings with one handler:
 * one that waits for another would spin.
 */
public final class DeadlineWait implements WaitStrategy {
  /** The longest sleep. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Bounds the cost of a handler that always says that it has something to do. */
  private static final long SHORTEST_NANOS = Duration.ofMillis(1).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private final LongSupplier nanosUntilDue;

  /**
   * A strategy for one ring.
   *
   * @param nanosUntilDue how long until the handler wants {@code onTimeout}; asked by its thread,
   *     before each sleep. What it depends on is only changed by that thread
   */
  public DeadlineWait(LongSupplier nanosUntilDue) {
    this.nanosUntilDue = nanosUntilDue;
  }

  @Override
  public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
      throws AlertException, InterruptedException, TimeoutException {
    if (cursor.get() < sequence) {
      sleep(sequence, cursor, barrier);
    }
    return dependent.get();
  }

  @Override
  public void signalAllWhenBlocking() {
    lock.lock();
    try {
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sleep(long sequence, Sequence cursor, SequenceBarrier barrier)
      throws AlertException, InterruptedException, TimeoutException {
    long left = Math.clamp(nanosUntilDue.getAsLong(), SHORTEST_NANOS, HEARTBEAT.toNanos());
    lock.lockInterruptibly();
    try {
      // Looked at under the lock, which whoever publishes takes afterwards: no wake-up is lost.
      while (cursor.get() < sequence) {
        barrier.checkAlert();
        if (left <= 0) {
          throw TimeoutException.INSTANCE;
        }
        left = published.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
