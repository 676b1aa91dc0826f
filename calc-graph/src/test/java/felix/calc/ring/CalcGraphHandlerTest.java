package felix.calc.ring;

import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.GraphSettings;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.latency.ChangeKind;
import felix.latency.ChangeLatency;
import felix.latency.LatencyStage;
import felix.latency.Stamp;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.Ip;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.ResourceUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches, snapshots and a slow dataplane, without threads. */
final class CalcGraphHandlerTest {
  private static final FelixConfigurationKey KEY = new FelixConfigurationKey("default");

  private final Dataplane dataplane = new Dataplane();
  private final CalcGraphHandler handler =
      new CalcGraphHandler(GraphSettings.defaults("here"), dataplane, () -> {});

  private static final class Dataplane implements DeltaSink {
    final List<DataplaneDelta> taken = new ArrayList<>();
    boolean busy;

    @Override
    public boolean offer(DataplaneDelta delta) {
      return !busy && taken.add(delta);
    }
  }

  @Test
  void nothingIsOfferedBeforeTheFirstSnapshot() {
    event(false, 1, "early", true);
    handler.onTimeout(0);
    assertThat(dataplane.taken).isEmpty();

    event(true, 2, "all", true);
    assertThat(dataplane.taken).hasSize(1);
    assertThat(values(0)).containsExactly(null, "all");
  }

  @Test
  void emptySnapshotIsOfferedToo() {
    var event = new DatastoreEvent();
    event.snapshot(7, List.of());
    handler.onEvent(event, 0, true);

    assertThat(dataplane.taken).singleElement().extracting(DataplaneDelta::revision).isEqualTo(7L);
  }

  @Test
  void batchIsOneDelta() {
    event(true, 1, "a", false);
    event(false, 2, "b", false);
    event(false, 3, "c", true);

    assertThat(dataplane.taken).hasSize(1);
    assertThat(dataplane.taken.getFirst().revision()).isEqualTo(3);
    assertThat(values(0)).containsExactly(null, "c");
  }

  @Test
  void refusedDeltaTakesUpLaterOnes() {
    event(true, 1, "a", true);
    dataplane.busy = true;
    event(false, 2, "b", true);
    event(false, 3, "c", true);
    dataplane.busy = false;
    event(false, 4, "d", true);

    assertThat(dataplane.taken).hasSize(2);
    assertThat(dataplane.taken.getLast().revision()).isEqualTo(4);
    assertThat(values(1)).containsExactly("a", "d");
  }

  @Test
  void refusedDeltaIsOfferedAgainAtTheNextTick() {
    dataplane.busy = true;
    event(true, 1, "a", true);
    handler.onTimeout(0);
    dataplane.busy = false;
    handler.onTimeout(0);
    handler.onTimeout(0);

    assertThat(dataplane.taken).hasSize(1);
    assertThat(values(0)).containsExactly(null, "a");
  }

  @Test
  void refusedDeltaIsSoonOfferedAgain() {
    dataplane.busy = true;
    event(true, 1, "a", true);
    assertThat(handler.nanosUntilDue()).isLessThanOrEqualTo(10_000_000);

    dataplane.busy = false;
    handler.onTimeout(0);
    assertThat(handler.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void changesAreStampedWithWhenTheyCameAndSnapshotsAreNot() {
    node(null, 1, true);
    node(Stamp.decoded(100, 105), 2, false);
    node(Stamp.decoded(110, 115), 3, true);

    assertThat(dataplane.taken.getFirst().stamps().isEmpty()).isTrue();
    assertThat(sums(dataplane.taken.getLast())).containsExactly(2, 10);
  }

  @Test
  void refusedDeltaKeepsItsStampsAndTakesUpLaterOnes() {
    node(null, 1, true);
    dataplane.busy = true;
    node(Stamp.decoded(100, 105), 2, true);
    node(Stamp.decoded(200, 205), 3, true);
    dataplane.busy = false;
    handler.onTimeout(0);

    assertThat(sums(dataplane.taken.getLast())).containsExactly(2, 10);
  }

  @Test
  void whatChangesNothingHereHasNoStamp() {
    node(null, 1, true);
    event(false, 2, "a", true);

    assertThat(dataplane.taken).hasSize(2);
    assertThat(dataplane.taken.getLast().stamps().isEmpty()).isTrue();
  }

  /** How many changes a delta has stamps of, and how long these took to be decoded. */
  private static long[] sums(DataplaneDelta delta) {
    var latency = new ChangeLatency();
    latency.took(delta.stamps(), new ChangeLatency.Apply(0, 0, 0, 0));
    var decoding = latency.of(LatencyStage.DECODE, ChangeKind.OTHER);
    return new long[] {decoding.cumulative()[decoding.size()], decoding.sum()};
  }

  /** A node that has another address with each revision: a change that the kernel is told of. */
  private void node(@Nullable Stamp stamp, long revision, boolean endOfBatch) {
    var node =
        new ResourceUpdate(
            new NodeKey("there"), new Node(null, null, null, Ip.parse("10.0.0." + revision), null));
    var event = new DatastoreEvent();
    if (stamp == null) {
      event.snapshot(revision, List.of(node));
    } else {
      event.updates(revision, List.of(node), stamp);
    }
    handler.onEvent(event, revision, endOfBatch);
  }

  @Test
  void nothingIsOfferedAfterFault() {
    event(true, 1, "a", true);
    handler.stop();
    event(false, 2, "b", true);
    handler.onTimeout(0);

    assertThat(dataplane.taken).hasSize(1);
  }

  @Test
  void slotIsClearedAfterUse() {
    var event = event(true, 1, "a", true);

    assertThat(event.resources()).isEmpty();
  }

  private DatastoreEvent event(boolean snapshot, long revision, String value, boolean endOfBatch) {
    var event = new DatastoreEvent();
    var configuration = new FelixConfiguration(Map.of("key", value));
    var resources = List.of(new ResourceUpdate(KEY, configuration));
    if (snapshot) {
      event.snapshot(revision, resources);
    } else {
      event.updates(revision, resources, Stamp.decoded(1, 2));
    }
    handler.onEvent(event, revision, endOfBatch);
    return event;
  }

  /** The setting before and after a delta. */
  private List<@Nullable String> values(int index) {
    var change = dataplane.taken.get(index).local().configurations().get(KEY);
    assertThat(change).isNotNull();
    var values = new ArrayList<@Nullable String>();
    values.add(
        change == null || change.before() == null ? null : change.before().values().get("key"));
    values.add(
        change == null || change.after() == null ? null : change.after().values().get("key"));
    return values;
  }
}
