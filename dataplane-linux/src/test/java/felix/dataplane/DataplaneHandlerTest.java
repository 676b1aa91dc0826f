package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.denyAll;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.feature.Feature;
import felix.dataplane.feature.Refresh;
import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.monitor.InterfaceChange;
import felix.delta.Change;
import felix.delta.DataplaneDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataplaneHandlerTest {
  private final List<DataplaneDelta> absorbed = new ArrayList<>();
  private final List<InterfaceChange> heard = new ArrayList<>();
  private final FakeDriver driver = new FakeDriver("driver", new ArrayList<>());
  private final DataplaneStatus status = new DataplaneStatus(() -> 0);
  private final DataplaneHandler handler = handler();
  private final DeltaBuilder cluster = new DeltaBuilder();

  private DataplaneHandler handler() {
    var step = new Step(Stage.FILTER, driver, Refresh.every(Duration.ZERO));
    var feature =
        new Feature(List.of(absorbed::add), List.of(step), List.of(heard::add), List.of());
    var loop = new ApplyLoop(List.of(step), () -> 0, new Random(1), () -> {});
    return new DataplaneHandler(List.of(new Dataplane(List.of(feature), loop)), status);
  }

  private DataplaneEvent deltaEvent() {
    var event = new DataplaneEvent();
    event.delta = cluster.take();
    return event;
  }

  @Test
  void theDeltasOfABatchAreAbsorbedAsOneAndAppliedOnce() {
    cluster.profile("a", allowAll());
    handler.onEvent(deltaEvent(), 1, false);
    cluster.profile("a", denyAll());
    handler.onEvent(deltaEvent(), 2, false);
    assertThat(absorbed).isEmpty();
    handler.onEvent(deltaEvent(), 3, true);
    assertThat(absorbed).hasSize(1);
    assertThat(absorbed.getFirst().profiles()).containsExactly(new Change<>("a", null, denyAll()));
    assertThat(driver.applies).isEqualTo(1);
    assertThat(status.isInSync()).isTrue();
  }

  @Test
  void whatALinkDidIsHeardEvenBeforeTheFirstDelta() {
    var up = new InterfaceChange("cali1", 7, true, true, 1500, Set.of());
    var event = new DataplaneEvent();
    event.interfaceChange = up;
    handler.onEvent(event, 1, true);
    assertThat(heard).containsExactly(up);
    assertThat(driver.applies).isZero();
  }

  @Test
  void slotsAreEmptied() {
    var event = deltaEvent();
    handler.onEvent(event, 1, true);
    assertThat(event.delta).isNull();
  }

  @Test
  void anIdleTickAppliesNothing() {
    handler.onEvent(deltaEvent(), 1, true);
    handler.onTimeout(1);
    assertThat(driver.applies).isEqualTo(1);
    assertThat(absorbed).hasSize(1);
  }
}
