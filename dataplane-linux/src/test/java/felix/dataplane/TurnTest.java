package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.feature.Feature;
import felix.dataplane.feature.Refresh;
import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.manager.EndpointStatusManager;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.latency.ChangeKind;
import felix.latency.ChangeLatency;
import felix.latency.LatencyStage;
import felix.latency.Stamp;
import felix.latency.Stamps;
import felix.model.Cidr;
import felix.model.IpVersion;
import felix.model.WorkloadExtras;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for whom when both families have something to do. */
class TurnTest {
  private static final int NANOS_A_STEP = 100;

  private final List<String> log = new ArrayList<>();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private long now;
  private final DataplaneStatus status = new DataplaneStatus(() -> now);
  private final DataplaneHandler handler =
      handler(
          Families.atOnce(
              List.of(family(IpVersion.V4, this::noted), family(IpVersion.V6, this::noted))));

  private interface Steps {
    Driver driver(IpVersion version, Stage stage);
  }

  private Driver noted(IpVersion version, Stage stage) {
    return driver(
        () -> {
          log.add(version + " " + stage);
          now += NANOS_A_STEP;
        });
  }

  private static Driver driver(Runnable work) {
    return new Driver() {
      @Override
      public String name() {
        return "driver";
      }

      @Override
      public void queueResync() {}

      @Override
      public ApplyOutcome apply() {
        work.run();
        return ApplyOutcome.IN_SYNC;
      }

      @Override
      public long writes() {
        return 0;
      }
    };
  }

  private static Dataplane family(IpVersion version, Steps drivers) {
    var never = Refresh.every(Duration.ZERO);
    var steps = new ArrayList<Step>();
    for (var stage : List.of(Stage.FILTER, Stage.ROUTES, Stage.IP_SETS_DESTROYED)) {
      steps.add(new Step(stage, drivers.driver(version, stage), never));
    }
    var feature = new Feature(List.of(), steps, List.of(), List.of());
    var loop = new ApplyLoop(steps, () -> 0, new Random(1), () -> {});
    return new Dataplane(version, List.of(feature), loop, new EndpointStatusManager(name -> false));
  }

  private DataplaneHandler handler(Families families) {
    return new DataplaneHandler(families, status, Surroundings.of(fault -> {}));
  }

  private void receive(DataplaneHandler by, DataplaneDelta delta) {
    var event = new DataplaneEvent();
    event.delta = delta;
    by.onEvent(event, 1, true);
  }

  private DataplaneDelta awaited() {
    var stamps = new Stamps();
    stamps.add(Stamp.decoded(now, now).with(ChangeKind.POLICY));
    var delta = cluster.take();
    delta.stamps().mergeLater(stamps);
    return delta;
  }

  private static ActiveWorkload workload(String... networks) {
    return new ActiveWorkload(
        "cali1",
        List.of(networks).stream().map(Cidr::parse).toList(),
        null,
        List.of(),
        List.of(),
        WorkloadExtras.NONE);
  }

  @Test
  void whatPacketsWaitForComesBeforeWhatMayFollow() {
    cluster.profile("a", allowAll());
    receive(handler, awaited());

    assertThat(log)
        .containsExactly(
            "V4 FILTER",
            "V4 ROUTES",
            "V6 FILTER",
            "V6 ROUTES",
            "V4 IP_SETS_DESTROYED",
            "V6 IP_SETS_DESTROYED");
  }

  @Test
  void theFamilyOfMoreAddressesIsServedFirst() {
    cluster.workload("a", workload("fd00::1/128")).workload("b", workload("10.0.0.1/32"));
    receive(handler, awaited());
    cluster.workload("c", workload("fd00::3/128"));
    receive(handler, awaited());
    log.clear();
    cluster.profile("a", allowAll());
    receive(handler, awaited());
    assertThat(log).startsWith("V6 FILTER", "V6 ROUTES", "V4 FILTER");

    cluster.workload("a", null).workload("c", null);
    receive(handler, awaited());
    log.clear();
    cluster.profile("a", null);
    receive(handler, awaited());
    assertThat(log).startsWith("V4 FILTER", "V4 ROUTES", "V6 FILTER");
  }

  /** So that the stages say what a packet waited for. */
  @Test
  void theTimeOfTheFamilyThatIsServedFirstIsTheWayOfThePacket() {
    cluster.profile("a", allowAll());
    receive(handler, awaited());

    assertThat(nanos(LatencyStage.PLAN)).isEqualTo(2 * NANOS_A_STEP);
    assertThat(nanos(LatencyStage.REST)).isEqualTo(4 * NANOS_A_STEP);
    assertThat(nanos(LatencyStage.TOTAL)).isEqualTo(6 * NANOS_A_STEP);
  }

  private long nanos(LatencyStage stage) {
    ChangeLatency latency = status.latency();
    return latency.of(stage, ChangeKind.POLICY).sum();
  }

  /** Nobody waits, and there is much to do. */
  @Test
  void whatIsThereAtTheStartIsWorkedOnInBothFamiliesAtOnce() {
    var bothAreHere = new CyclicBarrier(2);
    Steps meeting =
        (version, stage) ->
            driver(
                () -> {
                  if (stage == Stage.FILTER) {
                    await(bothAreHere);
                  }
                });
    var families =
        Families.atOnce(List.of(family(IpVersion.V4, meeting), family(IpVersion.V6, meeting)));
    cluster.profile("a", allowAll());
    receive(handler(families), cluster.take());

    assertThat(status.isInSync()).isTrue();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("nobody came", e);
    }
  }
}
