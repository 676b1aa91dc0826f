package felix.dataplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class KernelReadTest {
  private final Deque<Runnable> beside = new ArrayDeque<>();
  private int held = 1;
  private int reads;
  private long now;
  private final KernelRead<Integer> read = new KernelRead<>(this::readHeld, beside::add, () -> now);

  private Integer readHeld() {
    reads++;
    if (held < 0) {
      throw new KernelException("read", "refused");
    }
    return held;
  }

  private void runBeside() {
    while (!beside.isEmpty()) {
      beside.remove().run();
    }
  }

  @Test
  void whatWasReadBesideIsHandedOutOnce() {
    read.begin();
    assertThat(read.isUnderWay()).isTrue();
    assertThat(read.poll()).isEmpty();
    runBeside();
    assertThat(read.hasEnded()).isTrue();
    assertThat(read.isUnderWay()).isFalse();
    assertThat(read.poll()).hasValue(1);
    assertThat(read.poll()).isEmpty();
  }

  @Test
  void whatAWriteOvertookIsNeverHandedOut() {
    read.begin();
    read.forget();
    held = 2;
    runBeside();
    assertThat(read.poll()).isEmpty();
    read.begin();
    runBeside();
    assertThat(read.poll()).hasValue(2);
  }

  @Test
  void whatWasReadBeforeAWriteAndNotLookedAtIsNotHandedOutEither() {
    read.begin();
    runBeside();
    read.forget();
    assertThat(read.poll()).isEmpty();
  }

  @Test
  void whoWaitsForAReadThatHasNotBegunDoesItHimself() {
    read.begin();
    assertThat(read.take()).isEqualTo(1);
    runBeside();
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whoNeedsOneThatNobodyBeganReadsNow() {
    assertThat(read.take()).isEqualTo(1);
    held = 2;
    assertThat(read.take()).isEqualTo(2);
  }

  @Test
  void oneAtATime() {
    read.begin();
    read.begin();
    runBeside();
    read.begin();
    runBeside();
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whatLayForLongIsReadAgain() {
    read.begin();
    runBeside();
    now += Duration.ofMinutes(1).toNanos();
    held = 2;
    assertThat(read.hasEnded()).isFalse();
    assertThat(read.take()).isEqualTo(2);
  }

  @Test
  void aRefusalReachesWhoAsks() {
    held = -1;
    read.begin();
    runBeside();
    assertThatThrownBy(read::poll).isInstanceOf(KernelException.class).hasMessage("read: refused");
    assertThat(read.poll()).isEmpty();
  }
}
