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
import felix.delta.DataplaneDelta;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The dataplane of one family: features, and the loop that applies what they desire. Lives on the
 * dataplane thread.
 *
 * <p>Nothing is written before the first delta, since an empty view is no empty cluster, nor while
 * the datastore is not ready. What changes meanwhile is kept and applied afterwards.
 */
public final class Dataplane {
  private final List<Manager> managers;
  private final List<Consumer<InterfaceChange>> interfaceListeners;
  private final List<Consumer<RtnetlinkEvent>> eventListeners;
  private final ApplyLoop loop;
  private final EndpointStatusManager endpoints;
  private boolean mayWrite;
  private boolean changed;

  /**
   * A dataplane that knows nothing yet.
   *
   * @param endpoints of one of the features
   */
  Dataplane(List<Feature> features, ApplyLoop loop, EndpointStatusManager endpoints) {
    this.managers = features.stream().flatMap(feature -> feature.managers().stream()).toList();
    this.interfaceListeners =
        features.stream().flatMap(feature -> feature.interfaceListeners().stream()).toList();
    this.eventListeners =
        features.stream().flatMap(feature -> feature.eventListeners().stream()).toList();
    this.loop = loop;
    this.endpoints = endpoints;
  }

  void absorb(DataplaneDelta delta) {
    managers.forEach(manager -> manager.absorb(delta));
    mayWrite = delta.datastoreReady();
    changed = true;
  }

  void onInterface(InterfaceChange change) {
    interfaceListeners.forEach(listener -> listener.accept(change));
    changed = true;
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
   * Brings the kernel to what is desired; cheap if nothing changed and nothing is due.
   *
   * @return whether anything was, so that drivers were called
   */
  boolean apply() {
    if (!mayWrite) {
      return false;
    }
    boolean ran = loop.apply(changed);
    changed = false;
    if (ran) {
      endpoints.applied(loop.servesWorkloads(), loop.refused());
    }
    return ran;
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
