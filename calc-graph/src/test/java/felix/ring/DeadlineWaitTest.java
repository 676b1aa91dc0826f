package felix.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadlineWaitTest {
  private static final long FAR = Long.MAX_VALUE;

  /** A lost wake-up would cost a heartbeat each time; hundreds of them are past the time limit. */
  private static final int ROUND_TRIPS = 3_000;

  private final AtomicLong due = new AtomicLong(FAR);
  private final AtomicInteger turns = new AtomicInteger();
  private final Semaphore turned = new Semaphore(0);
  private final Semaphore handled = new Semaphore(0);
  private final List<Disruptor<?>> rings = new ArrayList<>();

  private static final class Slot {
    private long value;
  }

  private Disruptor<Slot> ring(ProducerType type, EventHandler<Slot> handler) {
    return ring(type, handler, due::get);
  }

  private Disruptor<Slot> ring(
      ProducerType type, EventHandler<Slot> handler, LongSupplier nanosUntilDue) {
    var made =
        new Disruptor<>(
            Slot::new, 8, work -> new Thread(work, "ring"), type, new DeadlineWait(nanosUntilDue));
    made.handleEventsWith(handler);
    made.start();
    rings.add(made);
    return made;
  }

  private final class Counting implements EventHandler<Slot> {
    private long last;

    @Override
    public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
      if (slot.value >= 0 && slot.value <= last) {
        throw new AssertionError(slot.value + " after " + last);
      }
      last = slot.value;
      handled.release();
    }

    @Override
    public void onTimeout(long sequence) {
      turns.incrementAndGet();
      turned.release();
    }
  }

  @AfterEach
  void close() {
    rings.forEach(Disruptor::halt);
  }

  private static void publish(Disruptor<Slot> disruptor, long value) {
    RingBuffer<Slot> buffer = disruptor.getRingBuffer();
    long sequence = buffer.next();
    buffer.get(sequence).value = value;
    buffer.publish(sequence);
  }

  /**
   * Each event is published as the thread falls asleep: the question when it wants to be woken
   * takes it a while, and comes between its look at the ring and its sleep.
   */
  @Test
  void noWakeUpIsLost() throws InterruptedException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var ofThread = new Random(seed + 1);
    var ring =
        ring(
            ProducerType.SINGLE,
            new Counting(),
            () -> {
              LockSupport.parkNanos(ofThread.nextInt(50_000));
              return FAR;
            });
    long began = System.nanoTime();
    for (int i = 1; i <= ROUND_TRIPS; i++) {
      publish(ring, i);
      assertThat(handled.tryAcquire(30, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextInt(100_000));
      }
    }
    // An event that was only found at a heartbeat shows as a turn in front of it.
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertThat((long) turns.get()).as("seed %d", seed).isLessThanOrEqualTo(seconds);
  }

  @Test
  void severalProducersWakeItToo() throws InterruptedException {
    int producers = 3;
    int each = 2_000;
    var ring = ring(ProducerType.MULTI, (slot, sequence, endOfBatch) -> handled.release());
    var start = new CountDownLatch(1);
    for (int p = 0; p < producers; p++) {
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                for (int i = 0; i < each; i++) {
                  publish(ring, i);
                }
              });
    }
    start.countDown();
    assertThat(handled.tryAcquire(producers * each, 30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theHandlerGetsATurnWhenItSaysSo() throws InterruptedException {
    due.set(TimeUnit.MILLISECONDS.toNanos(20));
    ring(ProducerType.SINGLE, new Counting());
    assertThat(turned.tryAcquire(5, 30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHandlerThatWantsNothingGetsATurnNowAndThen() throws InterruptedException {
    ring(ProducerType.SINGLE, new Counting());
    assertThat(turned.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
  }

  /** However much one says that it has something to do, the processor is left to others. */
  @Test
  void aHandlerThatAlwaysWantsATurnDoesNotSpin() throws InterruptedException {
    due.set(-1);
    long began = System.nanoTime();
    ring(ProducerType.SINGLE, new Counting());
    assertThat(turned.tryAcquire(50, 30, TimeUnit.SECONDS)).isTrue();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertThat((long) turns.get()).isLessThanOrEqualTo(millis + 1);
  }

  @Test
  void aRingThatIsHaltedEndsItsThread() throws InterruptedException {
    var ended = new CountDownLatch(1);
    var ring =
        ring(
            ProducerType.SINGLE,
            new EventHandler<>() {
              @Override
              public void onEvent(Slot slot, long sequence, boolean endOfBatch) {}

              @Override
              public void onShutdown() {
                ended.countDown();
              }
            });
    publish(ring, 1);
    ring.halt();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
