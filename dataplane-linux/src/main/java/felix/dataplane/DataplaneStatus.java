package felix.dataplane;

import felix.count.Count;
import felix.count.Counts;
import felix.count.Distribution;
import felix.dataplane.reconcile.KernelTime;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaMessage;
import felix.latency.ChangeLatency;
import felix.latency.Stamps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What others ask about the dataplane thread. Written by that thread, read by any. */
public final class DataplaneStatus {
  private final LongSupplier nanoTime;
  private final long began;
  private final Counts<DeltaMessage> messages = new Counts<>(DeltaMessage.class);
  private final Distribution messageBatches = new Distribution();
  private final Distribution applyNanos = new Distribution();
  private final Distribution execNanos = new Distribution();
  private final ChangeLatency latency = new ChangeLatency();
  private final KernelTime kernelTime = new KernelTime();
  private final Count failures = new Count();
  private final DriverStatuses drivers = new DriverStatuses();
  private volatile boolean inSync;
  private volatile long lastProgress;
  private volatile int endpoints;
  private volatile @Nullable Duration firstResync;
  private volatile Map<String, Long> writes = Map.of();

  /** Of a dataplane that has not done anything yet. */
  public static DataplaneStatus none() {
    return new DataplaneStatus(System::nanoTime);
  }

  DataplaneStatus(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.lastProgress = began;
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

  /** What the graph said. */
  public Counts<DeltaMessage> messages() {
    return messages;
  }

  /** How much the graph said at once. */
  public Distribution messageBatches() {
    return messageBatches;
  }

  /** How long it took to bring the kernel to what is desired. */
  public Distribution applyNanos() {
    return applyNanos;
  }

  /** How long changes took to come to the kernel. */
  public ChangeLatency latency() {
    return latency;
  }

  /** Told by whoever asks the kernel. */
  KernelTime kernelTime() {
    return kernelTime;
  }

  /** How long it took to start programs. */
  public Distribution execNanos() {
    return execNanos;
  }

  /** How often something was left undone that will be tried again. */
  public long failures() {
    return failures.get();
  }

  /** How long after the start the kernel held all that was desired; empty until it does. */
  public Optional<Duration> firstResync() {
    return Optional.ofNullable(firstResync);
  }

  /** Of the drivers and of what listens to the kernel. */
  public DriverStatuses drivers() {
    return drivers;
  }

  void progress() {
    lastProgress = nanoTime.getAsLong();
  }

  /** Counts a delta, and says how many changes it brings. */
  int came(DataplaneDelta delta) {
    return DeltaMessage.count(delta, messages);
  }

  void batch(int changes) {
    messageBatches.observe(changes);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  void applied(long since, boolean failed) {
    applyNanos.observe(now() - since);
    if (failed) {
      failures.increment();
    }
  }

  /** The kernel has taken what these changes led to. */
  void took(Stamps stamps, ChangeLatency.Apply apply) {
    latency.took(stamps, apply);
  }

  void update(List<Dataplane> dataplanes, int known) {
    var counted = new TreeMap<String, Long>();
    dataplanes.forEach(dataplane -> dataplane.writes(counted::put));
    writes = Map.copyOf(counted);
    endpoints = known;
    inSync = dataplanes.stream().allMatch(Dataplane::isInSync);
    progress();
    if (inSync && firstResync == null) {
      firstResync = Duration.ofNanos(lastProgress - began);
    }
  }
}
