package felix.dataplane.netlink;

/** Opens conversations with the kernel. */
public interface Netlink {
  Rtnetlink connect();

  /**
   * Subscribes to the events of links and addresses.
   *
   * @throws felix.dataplane.reconcile.KernelException if the kernel refuses
   */
  RtnetlinkEvents subscribe();

  Ethtool ethtool();
}
