package felix.dataplane.netlink;

import felix.model.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param index the kernel's number for it; 0 in a request leaves the choice to the kernel
 * @param name empty if the kernel did not say
 * @param flags {@code IFF_...}
 * @param settings what can be chosen when it is made, and much of it later
 * @param vxlan null for all other kinds of link
 */
public record LinkMessage(
    int index, String name, int flags, LinkSettings settings, @Nullable VxlanParameters vxlan)
    implements RtnetlinkObject {
  /** Administratively up. */
  public static final int FLAG_UP = 0x1;

  /** Able to carry packets: it has a carrier and is not dormant. */
  public static final int FLAG_RUNNING = 0x40;

  /** A link that is no VXLAN. */
  public LinkMessage(int index, String name, int flags, LinkSettings settings) {
    this(index, name, flags, settings, null);
  }

  /**
   * What can be chosen about a link.
   *
   * @param kind {@code veth}, {@code vxlan}, {@code ipip}; null for hardware and for the loopback
   * @param mtuBytes 0 leaves it to the kernel
   * @param mac null where the link has none, or one that is not Ethernet's
   * @param parentIndex the link that it stands on or, for one end of a veth, the other end; 0 for
   *     none
   * @param masterIndex the bridge or bond that it belongs to; 0 for none
   */
  public record LinkSettings(
      @Nullable String kind,
      int mtuBytes,
      @Nullable MacAddress mac,
      int parentIndex,
      int masterIndex) {
    /** Leaves everything to the kernel, or as it is. */
    public static final LinkSettings NONE = new LinkSettings(null, 0, null, 0, 0);

    /** Those of a new link of a kind. */
    public static LinkSettings ofKind(String kind) {
      return new LinkSettings(kind, 0, null, 0, 0);
    }
  }

  /** Whether it is administratively up. */
  public boolean isUp() {
    return (flags & FLAG_UP) != 0;
  }

  /** Whether it is administratively up and able to carry packets. */
  public boolean isOperUp() {
    return (flags & (FLAG_UP | FLAG_RUNNING)) == (FLAG_UP | FLAG_RUNNING);
  }

  @Override
  public String toString() {
    return "link " + (name.isEmpty() ? "#" + index : name);
  }
}
