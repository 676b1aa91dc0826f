package felix.dataplane.iptables;

import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;

/** How the programs of a family and backend are called on this host. */
record ProgramNames(IpVersion ipVersion, IptablesBackend backend, ProgramFinder programs) {
  /**
   * The program to use.
   *
   * @param suffix {@code -save}, {@code -restore} or nothing
   * @throws KernelException if it is not installed
   */
  String find(String suffix) {
    String base = ipVersion == IpVersion.V4 ? "iptables" : "ip6tables";
    String special = base + "-" + backend.programInfix() + suffix;
    String plain = base + suffix;
    if (programs.isInstalled(special)) {
      return special;
    }
    if (programs.isInstalled(plain)) {
      return plain;
    }
    throw new KernelException("find iptables", "neither " + special + " nor " + plain + " found");
  }
}
