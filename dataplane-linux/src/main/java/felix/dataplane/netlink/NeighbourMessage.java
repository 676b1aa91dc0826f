package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ARP or NDP table, or of a bridge's or VXLAN device's forwarding table.
 *
 * @param state {@code NUD_...}
 * @param flags {@code NTF_...}
 * @param address in a forwarding table the remote end of the tunnel; null if there is none
 * @param mac null if unknown, or not Ethernet's
 */
public record NeighbourMessage(
    NeighbourTable table,
    int linkIndex,
    int state,
    int flags,
    @Nullable Ip address,
    @Nullable MacAddress mac)
    implements RtnetlinkObject {
  /** Did not answer, or was deleted and is about to go; has no MAC. */
  public static final int STATE_FAILED = 0x20;

  /** Never asked for on the wire, never forgotten. */
  public static final int STATE_PERMANENT = 0x80;

  /** Of the device itself rather than of the bridge that it belongs to. */
  public static final int FLAG_SELF = 0x02;

  /** An address that this host answers for. */
  public static final int FLAG_PROXY = 0x08;

  /** Which of the kernel's tables an entry is in: that of an address family. */
  public enum NeighbourTable {
    ARP(2),
    NDP(10),
    FORWARDING(7);

    private final int family;

    NeighbourTable(int family) {
      this.family = family;
    }

    int family() {
      return family;
    }
  }

  @Override
  public String toString() {
    return "neighbour " + address + " lladdr " + mac + " dev #" + linkIndex;
  }
}
