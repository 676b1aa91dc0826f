package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.util.HashSet;
import java.util.Set;

/** Checksum offload of links, which is on at first. */
final class FakeEthtool implements Ethtool {
  private final FakeKernel kernel;

  /** Indexes of links where it was switched off. */
  private final Set<Integer> off = new HashSet<>();

  FakeEthtool(FakeKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public boolean checksumOffload(String linkName) {
    return !off.contains(index("read checksum offload of " + linkName, linkName));
  }

  @Override
  public void setChecksumOffload(String linkName, boolean on) {
    int index = index("set checksum offload of " + linkName + " to " + on, linkName);
    if (on) {
      off.remove(index);
    } else {
      off.add(index);
    }
  }

  private int index(String operation, String linkName) {
    return kernel.links.list().stream()
        .filter(link -> link.name().equals(linkName))
        .findFirst()
        .orElseThrow(() -> new KernelException(operation, "ENODEV"))
        .index();
  }
}
