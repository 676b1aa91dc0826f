package felix.dataplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KernelTimeTest {
  private final KernelTime time = new KernelTime();

  @Test
  void workCountsWhileItGoesOnAndNotAfterwards() {
    time.begin();
    long first = time.nanos();
    passes();
    assertThat(time.nanos()).isGreaterThan(first);
    time.end();
    long all = time.nanos();
    passes();
    assertThat(time.nanos()).isEqualTo(all);
  }

  @Test
  void worksAtTheSameTimeCountOnce() {
    long began = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      time.begin();
    }
    passes();
    for (int i = 0; i < 3; i++) {
      time.end();
    }
    assertThat(time.nanos()).isPositive().isLessThanOrEqualTo(System.nanoTime() - began);
  }

  @Test
  void whatIsReadBesideKeepsNobodyWaiting() throws InterruptedException {
    var read = new CountDownLatch(1);
    ReaderThreads.start()
        .execute(
            () -> {
              time.begin();
              passes();
              time.end();
              read.countDown();
            });
    read.await();
    assertThat(time.nanos()).isZero();
  }

  @Test
  void threadsThatApplyTogetherLoseNothing() throws InterruptedException {
    long began = System.nanoTime();
    var threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int j = 0; j < 10_000; j++) {
                      time.begin();
                      time.end();
                    }
                  });
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(time.nanos()).isPositive().isLessThanOrEqualTo(System.nanoTime() - began);
    long all = time.nanos();
    passes();
    assertThat(time.nanos()).as("nobody is at work").isEqualTo(all);
  }

  private static void passes() {
    long now = System.nanoTime();
    while (System.nanoTime() - now < 1_000) {
      Thread.onSpinWait();
    }
  }
}
