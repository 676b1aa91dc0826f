package felix.dataplane;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.EventHandler;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.Samples;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.LocalDelta;
import felix.delta.NetworkDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DataplaneRingTest {
  private static final int SLOTS = 4;

  private final List<DataplaneRing> rings = new ArrayList<>();
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();

  @AfterEach
  void closeAll() {
    rings.forEach(DataplaneRing::close);
  }

  private DataplaneRing start(EventHandler<DataplaneEvent> handler) {
    var ring = new DataplaneRing(handler, () -> 0, SLOTS, faults::add);
    rings.add(ring);
    ring.start();
    return ring;
  }

  private static CompletableFuture<Void> elsewhere(Runnable work) {
    return CompletableFuture.runAsync(work, task -> new Thread(task).start());
  }

  private static DataplaneDelta delta(long revision) {
    return new DataplaneDelta(
        revision, true, LocalDelta.none(), NetworkDelta.none(Encapsulations.NONE));
  }

  private static InterfaceChange up(String name) {
    return new InterfaceChange(name, 7, true, true, 1500, Set.of());
  }

  /** What a slot holds, and that it was emptied, as the real handler does. */
  private static EventHandler<DataplaneEvent> taking(Consumer<Object> consumer) {
    return (event, sequence, endOfBatch) -> {
      var content = new ArrayList<Object>();
      content.add(event.delta);
      content.add(event.interfaceChange);
      content.add(event.received);
      content.removeIf(Objects::isNull);
      event.clear();
      consumer.accept(content.size() == 1 ? content.getFirst() : content);
    };
  }

  @Test
  void deltasAndNewsArriveInOrder() throws InterruptedException {
    var taken = new LinkedBlockingQueue<Object>();
    var ring = start(taking(taken::add));
    var events = new Happened(List.of(new RtnetlinkEvent(Samples.route("10.0.0.1/32", 7), true)));
    assertThat(ring.offer(delta(1))).isTrue();
    ring.onInterface(up("cali1"));
    ring.onEvents(events);
    assertThat(ring.offer(delta(2))).isTrue();
    assertThat(List.of(taken.take(), taken.take(), taken.take(), taken.take()))
        .containsExactly(delta(1), up("cali1"), events, delta(2));
  }

  @Test
  void theEndOfAReadBesideWakesTheHandlerWithNothing() throws InterruptedException {
    var taken = new LinkedBlockingQueue<Object>();
    start(taking(taken::add)).onRead();
    assertThat(taken.take()).isEqualTo(List.of());
  }

  @Test
  void aReaderDoesNotWaitForAStalledDataplane() {
    var go = new Semaphore(0);
    var ring = start(taking(content -> go.acquireUninterruptibly()));
    for (int i = 0; i < 3 * SLOTS; i++) {
      ring.onRead();
    }
    go.release(1_000);
  }

  @Test
  void aStalledDataplaneRefusesDeltasAtOnceAndTakesThemLater() throws InterruptedException {
    var go = new Semaphore(0);
    var taken = new LinkedBlockingQueue<Object>();
    var ring =
        start(
            taking(
                content -> {
                  go.acquireUninterruptibly();
                  taken.add(content);
                }));
    int accepted = 0;
    while (ring.offer(delta(accepted))) {
      accepted++;
    }
    assertThat(accepted).isEqualTo(SLOTS);
    go.release(1_000);
    for (int i = 0; i < SLOTS; i++) {
      assertThat(taken.take()).isEqualTo(delta(i));
    }
    while (!ring.offer(delta(99))) {
      Thread.onSpinWait();
    }
    assertThat(taken.take()).isEqualTo(delta(99));
  }

  @Test
  void theMonitorWaitsUntilThereIsRoom() throws InterruptedException {
    var go = new Semaphore(0);
    var taken = new LinkedBlockingQueue<Object>();
    var ring =
        start(
            taking(
                content -> {
                  go.acquireUninterruptibly();
                  taken.add(content);
                }));
    while (ring.offer(delta(0))) {
      // until it is full
    }
    var delivered = elsewhere(() -> ring.onInterface(up("cali1")));
    assertThat(delivered).isNotDone();
    go.release(1_000);
    Object last = taken.take();
    while (!last.equals(up("cali1"))) {
      last = taken.take();
    }
    assertThat(delivered).succeedsWithin(10, SECONDS);
  }

  @Test
  void closingFreesAMonitorThatWaits() {
    var never = new Semaphore(0);
    var ring = start(taking(content -> never.acquireUninterruptibly()));
    while (ring.offer(delta(0))) {
      // until it is full
    }
    var delivered = elsewhere(() -> ring.onInterface(up("cali1")));
    var closed = elsewhere(ring::close);
    assertThat(delivered).succeedsWithin(10, SECONDS);
    never.release(1_000);
    assertThat(closed).succeedsWithin(10, SECONDS);
  }

  @Test
  void anExceptionIsAFaultAfterWhichNothingIsTakenOrHandled() throws InterruptedException {
    var bug = new IllegalStateException("a bug");
    var handled = new LinkedBlockingQueue<Object>();
    var bothIn = new CountDownLatch(1);
    var ring =
        start(
            taking(
                content -> {
                  try {
                    bothIn.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  handled.add(content);
                  throw bug;
                }));
    ring.offer(delta(1));
    ring.offer(delta(2));
    bothIn.countDown();
    assertThat(faults.take()).isSameAs(bug);
    assertThat(ring.offer(delta(3))).isFalse();
    ring.onInterface(up("cali1"));
    ring.close();
    assertThat(handled).containsExactly(delta(1));
    assertThat(faults).isEmpty();
  }

  @Test
  void anIdleRingTicks() throws InterruptedException {
    var ticks = new Semaphore(0);
    start(
        new EventHandler<>() {
          @Override
          public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) {
            throw new AssertionError("nothing was sent");
          }

          @Override
          public void onTimeout(long sequence) {
            ticks.release();
          }
        });
    ticks.acquire(3);
  }

  @Test
  void anExceptionInATickIsAFault() throws InterruptedException {
    var bug = new IllegalStateException("a bug");
    start(
        new EventHandler<>() {
          @Override
          public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) {}

          @Override
          public void onTimeout(long sequence) {
            throw bug;
          }
        });
    assertThat(faults.take()).isSameAs(bug);
  }

  @Test
  void theThreadHasEndedOnceItIsClosed() throws InterruptedException {
    var ticking = new Semaphore(0);
    var ring =
        start(
            new EventHandler<>() {
              @Override
              public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) {}

              @Override
              public void onTimeout(long sequence) {
                ticking.release();
              }
            });
    ticking.acquire();
    ring.close();
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("dataplane"));
    assertThat(faults).isEmpty();
  }
}
