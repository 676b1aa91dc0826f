package felix.dataplane;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.delta.DataplaneDelta;
import org.jspecify.annotations.Nullable;

/**
 * A slot of the dataplane's ring. Holds one of the four, or nothing but a reason to come round;
 * empty once it was read.
 */
final class DataplaneEvent {
  @Nullable DataplaneDelta delta;
  @Nullable InterfaceChange interfaceChange;

  /** Many events in one slot: what we write is reported as well, thousands at once. */
  @Nullable Received received;

  @Nullable RefreshIntervals refresh;

  /** Lets go of what it holds, which the ring would else keep alive until it comes round. */
  void clear() {
    delta = null;
    interfaceChange = null;
    received = null;
    refresh = null;
  }
}
