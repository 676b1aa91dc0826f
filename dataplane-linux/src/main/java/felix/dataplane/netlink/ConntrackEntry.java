package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;

/**
 * A tracked connection. Where addresses are translated the reply is not the original turned round:
 * its source is the destination behind DNAT, its destination the source behind SNAT.
 *
 * @param zone 0 unless rules say otherwise
 * @param status {@code IPS_...} bits
 * @param id the kernel's, for this entry and no later one with the same tuples
 */
public record ConntrackEntry(
    ConntrackTuple original, ConntrackTuple reply, int zone, int status, int id) {
  /** {@code IPS_EXPECTED}: another connection announced it, as FTP does for its data. */
  private static final int STATUS_EXPECTED = 1;

  public IpVersion version() {
    return original.source().version();
  }

  /** Whether this address began the connection, or answers it. */
  public boolean isSentBy(Ip address) {
    return original.source().equals(address) || reply.source().equals(address);
  }

  /** Whether it is let in for another one's sake. */
  public boolean isRelated() {
    return (status & STATUS_EXPECTED) != 0;
  }
}
