package felix.dataplane;

import felix.dataplane.monitor.InterfaceChange;
import felix.delta.DataplaneDelta;
import org.jspecify.annotations.Nullable;

/** A slot of the dataplane's ring. Holds one of the two; empty once it was read. */
final class DataplaneEvent {
  @Nullable DataplaneDelta delta;
  @Nullable InterfaceChange interfaceChange;

  /** Lets go of what it holds, which the ring would else keep alive until it comes round. */
  void clear() {
    delta = null;
    interfaceChange = null;
  }
}
