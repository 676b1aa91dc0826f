package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.denyAll;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.feature.Feature;
import felix.dataplane.feature.Refresh;
import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.manager.EndpointStatusManager;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Lost;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.dataplane.netlink.Samples;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.delta.Change;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaMessage;
import felix.latency.ChangeKind;
import felix.latency.LatencyStage;
import felix.latency.Stamp;
import felix.latency.Stamps;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataplaneHandlerTest {
  private final List<DataplaneDelta> absorbed = new ArrayList<>();
  private final List<InterfaceChange> heard = new ArrayList<>();
  private final List<RtnetlinkEvent> happened = new ArrayList<>();
  private final FakeDriver driver = new FakeDriver("driver", new ArrayList<>());
  private final DataplaneStatus status = new DataplaneStatus(() -> 0);
  private final DataplaneHandler handler = handler();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private long now;

  private DataplaneHandler handler() {
    var step = new Step(Stage.FILTER, driver, Refresh.every(Duration.ZERO));
    var feature =
        new Feature(
            List.of(absorbed::add), List.of(step), List.of(heard::add), List.of(happened::add));
    var loop = new ApplyLoop(List.of(step), () -> now, new Random(1), () -> {});
    var dataplane =
        new Dataplane(
            IpVersion.V4, List.of(feature), loop, new EndpointStatusManager(name -> false));
    return new DataplaneHandler(
        Families.inTurn(List.of(dataplane)), status, Surroundings.of(fault -> {}));
  }

  private DataplaneEvent deltaEvent() {
    var event = new DataplaneEvent();
    event.delta = cluster.take();
    return event;
  }

  @Test
  void otherIntervalsOfRefreshCountFromNowOn() {
    handler.onEvent(deltaEvent(), 1, true);
    driver.resyncs = 0;
    now += Duration.ofMinutes(1).toNanos();
    handler.onTimeout(2);
    assertThat(driver.resyncs).as("never, as it was made").isZero();

    var event = new DataplaneEvent();
    var never = Duration.ZERO;
    event.refresh = new RefreshIntervals(Duration.ofSeconds(5), never, never, never);
    handler.onEvent(event, 3, true);
    assertThat(event.refresh).isNull();
    now += Duration.ofSeconds(4).toNanos();
    handler.onTimeout(4);
    assertThat(driver.resyncs).isZero();
    now += Duration.ofSeconds(2).toNanos();
    handler.onTimeout(5);
    assertThat(driver.resyncs).isEqualTo(1);
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
    assertThat(absorbed.getFirst().local().profiles())
        .containsExactly(new Change<>("a", null, denyAll()));
    assertThat(driver.applies).isEqualTo(1);
    assertThat(status.isInSync()).isTrue();
  }

  @Test
  void countsWhatCameEvenIfItComesToNothing() {
    cluster.profile("a", allowAll());
    handler.onEvent(deltaEvent(), 1, false);
    cluster.profile("a", denyAll());
    handler.onEvent(deltaEvent(), 2, true);
    assertThat(status.messages().get(DeltaMessage.ACTIVE_PROFILE_UPDATE)).isEqualTo(2);
    assertThat(status.messageBatches().sum()).isEqualTo(2);
    assertThat(status.messageBatches().count()).isEqualTo(1);
    assertThat(status.applyNanos().count()).isEqualTo(1);
    assertThat(status.firstResync()).contains(Duration.ZERO);

    handler.onTimeout(3);
    assertThat(status.applyNanos().count()).as("a tick that does nothing").isEqualTo(1);
  }

  @Test
  void aChangeIsTimedOnceTheKernelHasTakenIt() {
    driver.failFor(Duration.ofSeconds(1));
    cluster.profile("a", allowAll());
    handler.onEvent(stamped(), 1, true);
    cluster.profile("a", denyAll());
    handler.onEvent(stamped(), 2, true);
    assertThat(timed(LatencyStage.TOTAL)).isZero();

    driver.answer(ApplyOutcome.IN_SYNC);
    now += Duration.ofSeconds(2).toNanos();
    handler.onTimeout(3);
    for (LatencyStage stage : LatencyStage.values()) {
      assertThat(timed(stage)).as(stage.word()).isEqualTo(2);
    }
    handler.onTimeout(4);
    assertThat(timed(LatencyStage.TOTAL)).as("once").isEqualTo(2);
  }

  @Test
  void aDeltaThatSaysNothingAboutTheKernelIsNoReasonToApply() {
    handler.onEvent(deltaEvent(), 1, true);
    handler.onEvent(deltaEvent(), 2, true);
    assertThat(absorbed).hasSize(2);
    assertThat(driver.applies).isEqualTo(1);

    cluster.profile("a", allowAll());
    handler.onEvent(deltaEvent(), 3, true);
    assertThat(driver.applies).isEqualTo(2);
  }

  @Test
  void beforeTheFirstDeltaNothingIsDue() {
    assertThat(handler.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
  }

  private DataplaneEvent stamped() {
    var stamps = new Stamps();
    stamps.add(Stamp.decoded(0, 0).with(ChangeKind.POLICY));
    var event = deltaEvent();
    requireNonNull(event.delta).stamps().mergeLater(stamps);
    return event;
  }

  private long timed(LatencyStage stage) {
    var histogram = status.latency().of(stage, ChangeKind.POLICY);
    return histogram.cumulative()[histogram.size()];
  }

  @Test
  void countsAppliesThatLeftSomethingUndone() {
    driver.failFor(Duration.ofSeconds(1));
    handler.onEvent(deltaEvent(), 1, true);
    handler.onTimeout(2);
    assertThat(status.failures()).isEqualTo(1);
    assertThat(status.firstResync()).isEmpty();
    now += Duration.ofSeconds(2).toNanos();
    handler.onTimeout(3);
    assertThat(status.failures()).isEqualTo(2);
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
  void eventsAreToldToAllAndLeadToNoApplyByThemselves() {
    handler.onEvent(deltaEvent(), 1, true);
    var gone = new RtnetlinkEvent(Samples.route("10.0.0.1/32", 7), true);
    handler.onEvent(eventOf(new Happened(List.of(gone, gone))), 2, true);
    assertThat(happened).containsExactly(gone, gone);
    assertThat(driver.applies).isEqualTo(1);
  }

  @Test
  void whoIsContradictedByAnEventIsAppliedInTheSameBatch() {
    handler.onEvent(deltaEvent(), 1, true);
    int resyncs = driver.resyncs;
    driver.doubt();
    handler.onEvent(eventOf(new Happened(List.of())), 2, true);
    assertThat(driver.applies).isEqualTo(2);
    assertThat(driver.resyncs).isEqualTo(resyncs + 1);
  }

  @Test
  void lostEventsAreADoubtForAll() {
    handler.onEvent(deltaEvent(), 1, true);
    int resyncs = driver.resyncs;
    handler.onEvent(eventOf(new Lost()), 2, true);
    assertThat(driver.applies).isEqualTo(2);
    assertThat(driver.resyncs).isEqualTo(resyncs + 1);
  }

  private static DataplaneEvent eventOf(Received received) {
    var event = new DataplaneEvent();
    event.received = received;
    return event;
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
