package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.FakeKernel;
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
  private final BlockingQueue<InterfaceChange> told = new LinkedBlockingQueue<>();
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
            change -> {
              throw bug;
            },
            faults::add);
    monitor.start();

    assertThat(faults.poll(30, TimeUnit.SECONDS)).isSameAs(bug);
  }

  private void start(Duration refresh) {
    monitor = new InterfaceMonitor(kernel.netlink(), refresh, told::add, faults::add);
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
