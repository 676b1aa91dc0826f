package felix.dataplane.netlink;

/**
 * Settings of a link's driver, which rtnetlink does not know. May be called from any thread.
 *
 * <p>Every method throws {@link felix.dataplane.reconcile.KernelException} if the kernel refuses,
 * among others because there is no such link.
 */
public interface Ethtool {
  /** Whether the checksums of what is sent are left to hardware, or to the far end of a tunnel. */
  boolean checksumOffload(String linkName);

  void setChecksumOffload(String linkName, boolean on);
}
