package felix.calc.ring;

import com.lmax.disruptor.EventHandler;
import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceChanges;
import felix.calc.ResourceStore;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.latency.ChangeKind;
import felix.latency.Stamp;
import felix.latency.Stamps;
import felix.model.ResourceUpdate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calculation graph: collects what a batch of events changes, and at its end gives the
 * sink one delta. While the sink refuses, later deltas are merged into the one that waits, so that
 * memory is bounded by what there is and not by how often it changes. Thread {@code calc-graph}
 * only, but for {@link #lastProgressNanos} and the status.
 */
final class CalcGraphHandler implements EventHandler<DatastoreEvent> {
  /** Refusals are rare and short: a ring that is full, or interfaces not listed yet. */
  private static final long RETRY_NANOS = Duration.ofMillis(5).toNanos();

  private final ResourceStore store = new ResourceStore();
  private final CalcGraph graph;
  private final DeltaSink sink;
  private final Runnable everyTurn;
  private final String host;
  private final GraphStatus status = new GraphStatus();

  /** Not yet through the graph. */
  private @Nullable ResourceChanges collected;

  /** Of what is collected. */
  private final Stamps stamps = new Stamps();

  /** When the first of what is collected came. */
  private long collectingSince;

  /** Through the graph, but not yet taken by the sink. */
  private @Nullable DataplaneDelta waiting;

  /** Until then what we know may be a part, which looks like a cluster without the rest. */
  private boolean snapshotSeen;

  /** After a fault. */
  private boolean stopped;

  private volatile long lastProgressNanos = System.nanoTime();

  /**
   * A graph that knows nothing yet.
   *
   * @param everyTurn called for each event, and about once a second without any
   */
  CalcGraphHandler(GraphSettings settings, DeltaSink sink, Runnable everyTurn) {
    this.graph = new CalcGraph(settings, store);
    this.sink = sink;
    this.everyTurn = everyTurn;
    this.host = settings.hostname();
  }

  @Override
  public void onEvent(DatastoreEvent event, long sequence, boolean endOfBatch) {
    everyTurn.run();
    try {
      if (!stopped) {
        collect(event);
      }
    } finally {
      event.clear();
    }
    if (endOfBatch && !stopped) {
      calculate();
      offer();
    }
    lastProgressNanos = System.nanoTime();
  }

  /** Nothing came for a while. */
  @Override
  public void onTimeout(long sequence) {
    everyTurn.run();
    if (!stopped) {
      offer();
    }
    lastProgressNanos = System.nanoTime();
  }

  /** How long until there is something to do though nothing comes. */
  long nanosUntilDue() {
    return waiting == null || stopped ? Long.MAX_VALUE : RETRY_NANOS;
  }

  /** When the thread last came round, by {@link System#nanoTime}. Any thread. */
  long lastProgressNanos() {
    return lastProgressNanos;
  }

  GraphStatus status() {
    return status;
  }

  /** Drops all that comes from now on. */
  void stop() {
    stopped = true;
  }

  private void collect(DatastoreEvent event) {
    if (collected == null) {
      collectingSince = System.nanoTime();
    }
    status.came(event.resources());
    ResourceChanges changes;
    if (event.isSnapshot()) {
      changes = store.replaceAll(event.revision(), event.resources());
      snapshotSeen = true;
    } else {
      changes = store.apply(event.revision(), event.resources());
    }
    stamp(event);
    if (collected == null) {
      collected = changes;
    } else {
      collected.mergeLater(changes);
    }
  }

  private void stamp(DatastoreEvent event) {
    Stamp stamp = event.stamp();
    if (stamp == null) {
      return;
    }
    for (ResourceUpdate update : event.resources()) {
      stamp = stamp.with(ChangeKind.of(update.key(), host));
    }
    stamps.add(stamp);
  }

  private void calculate() {
    if (collected == null || !snapshotSeen) {
      return;
    }
    DataplaneDelta delta = graph.apply(collected);
    collected = null;
    handStampsTo(delta);
    status.calculated(delta, System.nanoTime() - collectingSince, graph.sizes());
    waiting = waiting == null ? delta : waiting.mergeLater(delta);
  }

  /** What changes nothing here is not waited for. */
  private void handStampsTo(DataplaneDelta delta) {
    if (delta.changesKernel()) {
      stamps.calculated(System.nanoTime());
      delta.stamps().mergeLater(stamps);
    }
    stamps.clear();
  }

  private void offer() {
    if (waiting != null && sink.offer(waiting)) {
      waiting = null;
    }
  }
}
