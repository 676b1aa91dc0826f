package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.RtnetlinkEvents.Lost;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterfaceMonitorFaultsTest {
  private static final Duration NEVER = Duration.ZERO;

  private final FakeKernel kernel = new FakeKernel();
  private final RecordingListener listener = new RecordingListener();
  private final BlockingQueue<InterfaceChange> told = listener.interfaces;
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private @Nullable InterfaceMonitor monitor;

  @AfterEach
  void close() {
    if (monitor != null) {
      monitor.close();
    }
  }

  @Test
  void afterLostEventsAllIsListedAgain() throws InterruptedException {
    start(NEVER);
    assertThat(next().name()).isEqualTo("lo");

    kernel.addLinkUnheard("cali1");
    kernel.loseEvents();

    assertThat(next().name()).isEqualTo("cali1");
    assertThat(listener.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Lost());
  }

  /** Else what was queued on the old subscription would undo what the listing told. */
  @Test
  void afterLostEventsThereIsANewSubscription() throws InterruptedException {
    start(NEVER);
    assertThat(next().name()).isEqualTo("lo");
    kernel.loseEvents();
    kernel.addLink("stale");
    kernel.delete("stale");
    assertThat(listener.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Lost());
    assertThat(told).isEmpty();

    kernel.addLink("cali1");
    assertThat(next().name()).isEqualTo("cali1");
  }

  /** All events are lost, for ever: it must not list for ever. */
  @Test
  void stormThatOverrunsUsAgainAndAgainIsNotMadeWorse() throws InterruptedException {
    long before = System.nanoTime();
    monitor =
        new InterfaceMonitor(
            new OverrunNetlink(kernel.netlink()), NEVER, Filters.OURS, listener, faults::add);
    monitor.start();
    for (int i = 0; i < 3; i++) {
      assertThat(listener.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Lost());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    assertThat(kernel.dumps()).isBetween(8, 10);
  }

  @Test
  void afterAFailureEventsCountAsLost() throws InterruptedException {
    kernel.interruptDumps(1);
    start(NEVER);

    assertThat(listener.events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Lost());
  }

  @Test
  void whatWasMissedIsFoundByTheTimer() throws InterruptedException {
    start(Duration.ofMillis(50));
    assertThat(next().name()).isEqualTo("lo");

    kernel.addLinkUnheard("cali1");

    assertThat(next().name()).isEqualTo("cali1");
  }

  @Test
  void kernelThatRefusesIsAskedAgain() throws InterruptedException {
    kernel.interruptDumps(1);
    start(NEVER);

    assertThat(next().name()).isEqualTo("lo");
    assertThat(faults).isEmpty();
  }

  @Test
  void whatTheConsumerThrowsIsAFault() throws InterruptedException {
    var bug = new IllegalStateException("bug");
    monitor =
        new InterfaceMonitor(
            kernel.netlink(),
            NEVER,
            Filters.OURS,
            new KernelListener() {
              @Override
              public void onInterface(InterfaceChange change) {
                throw bug;
              }

              @Override
              public void onEvents(Received received) {}
            },
            faults::add);
    monitor.start();

    assertThat(faults.poll(30, TimeUnit.SECONDS)).isSameAs(bug);
  }

  private void start(Duration refresh) {
    monitor = new InterfaceMonitor(kernel.netlink(), refresh, Filters.OURS, listener, faults::add);
    monitor.start();
  }

  private InterfaceChange next() throws InterruptedException {
    InterfaceChange change = told.poll(30, TimeUnit.SECONDS);
    if (change == null) {
      throw new AssertionError("nothing was told");
    }
    return change;
  }
}
