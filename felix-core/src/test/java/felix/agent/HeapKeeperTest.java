package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.health.HealthReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {
  private static final HealthReport READY = new HealthReport(List.of(), List.of(), List.of());
  private static final HealthReport STARTING =
      new HealthReport(List.of(), List.of("not in sync"), List.of());
  private static final int MIB = 1 << 20;

  private final HeapKeeper keeper = new HeapKeeper(this::used, this::collect);
  private long live = 10 * MIB;
  private long garbage = 5 * MIB;
  private int collections;

  @Test
  void collectsOnceWhenTheStartIsOver() {
    keeper.look(STARTING);
    assertThat(collections).isZero();
    keeper.look(READY);
    assertThat(collections).isEqualTo(1);
    keeper.look(STARTING);
    keeper.look(READY);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void doesNotWaitForTheEndOfALargeStart() {
    garbage = HeapKeeper.FIRST_LIMIT_BYTES;
    keeper.look(STARTING);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void heapThatIsFullOfWhatIsNeededIsLeftAlone() {
    live = 300 * MIB;
    keeper.look(READY);
    garbage = live / 2;
    keeper.look(READY);
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void collectsWheneverTheHeapHasGrownByHalf() {
    live = 300 * MIB;
    keeper.look(READY);
    garbage = live / 2 + HeapKeeper.YOUNG_BYTES + 1;
    keeper.look(READY);
    assertThat(collections).isEqualTo(2);
  }

  private long used() {
    return live + garbage;
  }

  private void collect() {
    garbage = 0;
    collections++;
  }
}
