package felix.dataplane.feature;

import felix.dataplane.manager.Manager;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.RtnetlinkEvent;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one feature brings to the dataplane of a family. A feature that is off brings the same
 * drivers and managers that desire nothing, so that what an earlier run left is swept.
 *
 * @param managers told of every delta, in this order
 * @param steps called in the order of their stages
 * @param interfaceListeners told of every change of an interface
 * @param eventListeners told of what happened to links, addresses, neighbours and routes that may
 *     be ours, by whomever
 */
public record Feature(
    List<Manager> managers,
    List<Step> steps,
    List<Consumer<InterfaceChange>> interfaceListeners,
    List<Consumer<RtnetlinkEvent>> eventListeners) {
  public Feature {
    managers = List.copyOf(managers);
    steps = List.copyOf(steps);
    interfaceListeners = List.copyOf(interfaceListeners);
    eventListeners = List.copyOf(eventListeners);
  }
}
