package felix.calc.ring;

import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.GraphSettings;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.ResourceUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads, a full ring, a stalled dataplane, a fault. */
@Timeout(60)
final class CalcGraphRingTest {
  private static final int SLOTS = 4;

  private final Dataplane dataplane = new Dataplane();
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private final CalcGraphRing ring =
      new CalcGraphRing(GraphSettings.defaults("here"), dataplane, faults::add, SLOTS);

  /** Takes all, but for as long as it is told to refuse, to hang, or to throw. */
  private static final class Dataplane implements DeltaSink {
    final BlockingQueue<DataplaneDelta> taken = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> refused = new LinkedBlockingQueue<>();
    final CountDownLatch entered = new CountDownLatch(1);
    volatile @Nullable CountDownLatch hanging;
    volatile boolean refusing;
    volatile boolean broken;

    @Override
    public boolean offer(DataplaneDelta delta) {
      entered.countDown();
      CountDownLatch latch = hanging;
      if (latch != null) {
        awaitUninterruptibly(latch);
      }
      if (broken) {
        throw new IllegalStateException("planted");
      }
      return refusing ? !refused.add(delta.revision()) : taken.add(delta);
    }

    DataplaneDelta next() throws InterruptedException {
      return Objects.requireNonNull(taken.poll(30, TimeUnit.SECONDS), "no delta came");
    }
  }

  @AfterEach
  void close() {
    ring.close();
  }

  @Test
  void snapshotComesOutAsDelta() throws InterruptedException {
    ring.start();
    ring.snapshot(5, List.of(setting("a", 1)));

    DataplaneDelta delta = dataplane.next();
    assertThat(delta.revision()).isEqualTo(5);
    assertThat(delta.local().configurations().size()).isEqualTo(1);
  }

  @Test
  void fullRingHoldsTheProducerUntilThereIsRoom() throws InterruptedException {
    var release = new CountDownLatch(1);
    dataplane.hanging = release;
    ring.start();
    ring.snapshot(1, List.of());
    awaitUninterruptibly(dataplane.entered);
    int count = 20;
    var producer = new Thread(() -> publish(2, count));
    producer.start();
    awaitUntil(() -> producer.getState() == Thread.State.TIMED_WAITING);
    assertThat(dataplane.taken).isEmpty();

    release.countDown();
    producer.join();

    var revisions = new ArrayList<Long>();
    do {
      revisions.add(dataplane.next().revision());
    } while (revisions.getLast() < count + 1);
    assertThat(revisions).isSorted().hasSizeLessThan(count + 2);
  }

  @Test
  void stalledDataplaneGetsAllInOneWhenItComesBack() throws InterruptedException {
    dataplane.refusing = true;
    ring.start();
    ring.snapshot(1, List.of());
    publish(2, 20);
    awaitUntil(() -> dataplane.refused.contains(21L));
    dataplane.refusing = false;

    DataplaneDelta delta = dataplane.next();
    assertThat(delta.revision()).isEqualTo(21);
    assertThat(delta.local().configurations().size()).isEqualTo(20);
  }

  @Test
  void faultIsReportedOnceAndTheProducerGoesFree() throws InterruptedException {
    dataplane.broken = true;
    ring.start();
    ring.snapshot(1, List.of());
    assertThat(faults.poll(30, TimeUnit.SECONDS)).hasMessage("planted");

    dataplane.broken = false;
    publish(2, 10 * SLOTS);
    long before = ring.lastProgressNanos();
    awaitUntil(() -> ring.lastProgressNanos() != before);
    assertThat(faults).isEmpty();
    assertThat(dataplane.taken).isEmpty();
  }

  @Test
  void progressGoesOnWithoutEvents() {
    ring.start();
    long before = ring.lastProgressNanos();

    awaitUntil(() -> ring.lastProgressNanos() - before > 0);
  }

  @Test
  void closingFreesTheProducer() throws InterruptedException {
    publish(1, SLOTS);
    var producer = new Thread(() -> publish(SLOTS + 1, 1));
    producer.start();
    awaitUntil(() -> producer.getState() == Thread.State.TIMED_WAITING);

    ring.close();

    producer.join(30_000);
    assertThat(producer.isAlive()).isFalse();
  }

  @Test
  void closingEndsTheThread() throws InterruptedException {
    ring.start();
    ring.snapshot(1, List.of());
    dataplane.next();

    ring.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("calc-graph");
  }

  private void publish(long firstRevision, int count) {
    for (int i = 0; i < count; i++) {
      ring.updates(firstRevision + i, List.of(setting("s" + i, i)));
    }
  }

  private static ResourceUpdate setting(String name, int value) {
    return new ResourceUpdate(
        new FelixConfigurationKey(name),
        new FelixConfiguration(Map.of("key", Integer.toString(value))));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The time limit of the class ends it. */
  private static void awaitUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
