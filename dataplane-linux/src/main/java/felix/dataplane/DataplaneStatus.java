package felix.dataplane;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What others ask about the dataplane thread. Written by that thread, read by any. */
public final class DataplaneStatus {
  private final LongSupplier nanoTime;
  private volatile boolean inSync;
  private volatile long lastProgress;
  private volatile int endpoints;
  private volatile Map<String, Long> writes = Map.of();

  DataplaneStatus(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastProgress = nanoTime.getAsLong();
  }

  /**
   * Whether the kernel held all that was desired when last looked at. False before the first
   * snapshot, while the datastore is not ready, and while the kernel refuses something.
   */
  public boolean isInSync() {
    return inSync;
  }

  /** When the thread last got anywhere, by {@link System#nanoTime}. */
  public long lastProgress() {
    return lastProgress;
  }

  /** How many times each driver wrote to the kernel since the start, by the driver's name. */
  public Map<String, Long> kernelWrites() {
    return writes;
  }

  /** How many endpoints of this host there are whose interface or kernel objects were looked at. */
  public int endpoints() {
    return endpoints;
  }

  void progress() {
    lastProgress = nanoTime.getAsLong();
  }

  void update(List<Dataplane> dataplanes, int known) {
    var counted = new TreeMap<String, Long>();
    dataplanes.forEach(dataplane -> dataplane.writes(counted::put));
    writes = Map.copyOf(counted);
    endpoints = known;
    inSync = dataplanes.stream().allMatch(Dataplane::isInSync);
    progress();
  }
}
