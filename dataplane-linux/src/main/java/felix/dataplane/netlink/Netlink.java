package felix.dataplane.netlink;

import felix.model.IpVersion;
import java.util.Set;

/** Opens conversations with the kernel. */
public interface Netlink {
  Rtnetlink connect();

  /**
   * Subscribes to the events of links, addresses and neighbours of all families, and of routes.
   *
   * @param routes the families whose routes matter
   * @throws felix.dataplane.reconcile.KernelException if the kernel refuses
   */
  RtnetlinkEvents subscribe(Set<IpVersion> routes);

  /** Opens another conversation, about tracked connections. */
  Conntrack conntrack();

  /** Opens another conversation, about IP sets. */
  IpSets ipSets();

  Ethtool ethtool();

  /** Where there is none, whoever wants to know has to read. */
  default RuleFingerprints rules() {
    return RuleFingerprints.NONE;
  }
}
