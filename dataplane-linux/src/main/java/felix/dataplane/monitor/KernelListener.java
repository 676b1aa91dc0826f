package felix.dataplane.monitor;

import felix.dataplane.netlink.RtnetlinkEvents.Received;

/** Whom the monitor tells. Called on the monitor's thread. */
public interface KernelListener {
  /** The monitor is at work; called every second at least. */
  default void onTurn() {}

  void onInterface(InterfaceChange change);

  /**
   * What may concern us; after the changes of interfaces that came with it. Or that events were
   * lost, after which those to come are heard of again.
   */
  void onEvents(Received received);
}
