package felix.dataplane;

import felix.dataplane.feature.Feature;
import felix.dataplane.manager.EndpointStatusManager;
import felix.dataplane.manager.Manager;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Lost;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.dataplane.status.FamilyReports;
import felix.delta.ActiveWorkload;
import felix.delta.Change;
import felix.delta.DataplaneDelta;
import felix.delta.NetworkDelta;
import felix.model.IpVersion;
import felix.model.WorkloadEndpointKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The dataplane of one family: features, and the loop that applies what they desire. Lives on the
 * dataplane thread.
 *
 * <p>Nothing is written before the first delta, since an empty view is no empty cluster, nor while
 * the datastore is not ready. What changes meanwhile is kept and applied afterwards.
 */
public final class Dataplane {
  private final IpVersion version;
  private final List<Manager> managers;
  private final List<Consumer<InterfaceChange>> interfaceListeners;
  private final List<Consumer<RtnetlinkEvent>> eventListeners;
  private final ApplyLoop loop;
  private final EndpointStatusManager endpoints;
  private boolean mayWrite;

  /** Whether anything is desired that the loop has not been told of. */
  private boolean changed;

  /** Whether somebody waits for it. */
  private boolean urgent;

  private int workloadAddresses;
  private @Nullable NetworkDelta network;

  /**
   * A dataplane that knows nothing yet.
   *
   * @param endpoints of one of the features
   */
  Dataplane(
      IpVersion version, List<Feature> features, ApplyLoop loop, EndpointStatusManager endpoints) {
    this.version = version;
    this.managers = features.stream().flatMap(feature -> feature.managers().stream()).toList();
    this.interfaceListeners =
        features.stream().flatMap(feature -> feature.interfaceListeners().stream()).toList();
    this.eventListeners =
        features.stream().flatMap(feature -> feature.eventListeners().stream()).toList();
    this.loop = loop;
    this.endpoints = endpoints;
  }

  void absorb(DataplaneDelta delta) {
    delta.local().workloads().forEach(this::count);
    managers.forEach(manager -> manager.absorb(delta));
    changed |= delta.changesKernel() || isAnotherState(delta);
    urgent |= delta.concernsRules();
    mayWrite = delta.datastoreReady();
    network = delta.network();
  }

  private void count(Change<WorkloadEndpointKey, ActiveWorkload> change) {
    workloadAddresses += addresses(change.after()) - addresses(change.before());
  }

  private int addresses(@Nullable ActiveWorkload workload) {
    return workload == null
        ? 0
        : (int) workload.networks().stream().filter(net -> net.version() == version).count();
  }

  /** What is no change but a state, and so is not empty where nothing changes. */
  private boolean isAnotherState(DataplaneDelta delta) {
    return network == null
        || delta.datastoreReady() != mayWrite
        || !delta.network().encapsulations().equals(network.encapsulations())
        || !delta.network().serviceNetworks().equals(network.serviceNetworks());
  }

  void onInterface(InterfaceChange change) {
    interfaceListeners.forEach(listener -> listener.accept(change));
    changed = true;
    urgent = true;
  }

  /** What others did, or we ourselves; a driver that is contradicted by it asks for an apply. */
  void onEvents(Received received) {
    switch (received) {
      case Happened(List<RtnetlinkEvent> events) -> events.forEach(this::onEvent);
      case Lost() -> loop.onEventsLost();
    }
  }

  /**
   * Begins to read the kernel beside whatever the process does before the first delta: called
   * before the dataplane thread runs.
   */
  void readAhead() {
    loop.readAhead();
  }

  /** Has the kernel read at other intervals from now on. */
  void refresh(RefreshIntervals intervals) {
    loop.refresh(intervals);
  }

  private void onEvent(RtnetlinkEvent event) {
    eventListeners.forEach(listener -> listener.accept(event));
  }

  /**
   * Brings the kernel to what is desired as far as packets may wait for it; cheap if nothing
   * changed and nothing is due.
   *
   * @return whether anything was, so that drivers were called; then {@link #followUp} must be
   *     called, too
   */
  boolean serve() {
    if (!mayWrite) {
      return false;
    }
    boolean ran = urgent ? loop.serveSoon() : loop.serve(changed);
    changed = false;
    urgent = false;
    if (ran) {
      endpoints.applied(loop.servesWorkloads(), loop.refused());
    }
    return ran;
  }

  /** Does what no packet waits for. */
  void followUp() {
    loop.followUp();
  }

  /** How many addresses of this family workloads of this host have. */
  int workloadAddresses() {
    return workloadAddresses;
  }

  /** How long until {@link #serve} has something to do, unless something happens before. */
  long nanosUntilDue() {
    return mayWrite ? loop.nanosUntilDue() : Long.MAX_VALUE;
  }

  /** Whether all that was absorbed is in the kernel, apart from single objects that it refuses. */
  boolean hasTaken() {
    return mayWrite && loop.hasTaken();
  }

  /** Whether the drivers left something undone that will be tried again. */
  boolean hasFailed() {
    return loop.hasFailed();
  }

  /** How the endpoints fare, as of the last apply. */
  FamilyReports endpoints() {
    return endpoints;
  }

  boolean isInSync() {
    return mayWrite && loop.isInSync();
  }

  /** Shows how often each driver wrote to the kernel. */
  void writes(ObjLongConsumer<String> consumer) {
    loop.writes(consumer);
  }
}
