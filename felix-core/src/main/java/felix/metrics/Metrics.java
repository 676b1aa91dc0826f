package felix.metrics;

import felix.calc.ring.GraphStatus;
import felix.dataplane.DataplaneStatus;
import felix.datastore.WatcherStatus;
import java.util.function.IntSupplier;

/**
 * Where the numbers come from: the parts count for themselves, and are asked when somebody scrapes,
 * on a thread of the server.
 *
 * @param quarantined how many resources cannot be used
 */
public record Metrics(
    WatcherStatus datastore,
    IntSupplier quarantined,
    GraphStatus graph,
    DataplaneStatus dataplane,
    Reports reports) {
  /** Of an agent that has not begun: everything is there, and zero. */
  public static Metrics none() {
    return new Metrics(
        new WatcherStatus(), () -> 0, new GraphStatus(), DataplaneStatus.none(), Reports.none());
  }

  public Metrics with(Reports other) {
    return new Metrics(datastore, quarantined, graph, dataplane, other);
  }
}
