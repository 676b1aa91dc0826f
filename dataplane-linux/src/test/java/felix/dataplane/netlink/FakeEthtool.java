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
    return !off.contains(index(linkName));
  }

  @Override
  public void setChecksumOffload(String linkName, boolean on) {
    if (on) {
      off.remove(index(linkName));
    } else {
      off.add(index(linkName));
    }
  }

  private int index(String linkName) {
    return kernel.links().stream()
        .filter(link -> link.name().equals(linkName))
        .findFirst()
        .orElseThrow(() -> new KernelException("checksum offload of " + linkName, "ENODEV"))
        .index();
  }
}
