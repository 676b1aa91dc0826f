package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitTest {
  private final BlockingQueue<ExitCode> ends = new LinkedBlockingQueue<>();

  @Test
  void firstReasonCounts() throws InterruptedException {
    var exit = new Exit(ends::add, Duration.ofMillis(1));
    new FaultHandler(exit).accept(new IllegalStateException("thrown by a test"));
    exit.soon(ExitCode.CONFIGURATION_CHANGED);

    assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAULT);
    assertThat(ends).isEmpty();
  }

  @Test
  void endsTheProcessIfTheThreadThatStartsItFails() throws InterruptedException {
    var handler = new FaultHandler(new Exit(ends::add, Duration.ofMillis(1)));
    Thread.ofPlatform()
        .start(
            () -> {
              handler.guardThisThread();
              throw new IllegalStateException("thrown by a test");
            });

    assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.FAULT);
  }

  @Test
  void signalDoesNotWaitForThePause() {
    var exit = new Exit(ends::add, Duration.ofDays(1));
    exit.soon(ExitCode.CONFIGURATION_CHANGED);
    exit.now(ExitCode.STOPPED);

    assertThat(ends).containsExactly(ExitCode.STOPPED);
  }
}
