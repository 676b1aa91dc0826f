package felix.dataplane.netlink;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A route with at most one next hop. One with several shows none: no link, no gateway.
 *
 * @param preferredSource the address that packets of this host get; null leaves the choice
 */
public record RouteMessage(RouteKey key, RouteKind kind, NextHop hop, @Nullable Ip preferredSource)
    implements RtnetlinkObject {
  /** The routing table that the kernel looks into for all packets, and {@code ip route} shows. */
  public static final int TABLE_MAIN = 254;

  /** {@code RTPROT_KERNEL}: made by the kernel itself, for an address of an interface. */
  public static final int PROTOCOL_KERNEL = 2;

  /** {@code RTPROT_BIRD}: the routing daemon that Calico usually comes with. */
  public static final int PROTOCOL_BIRD = 12;

  public static final int TYPE_UNICAST = 1;
  public static final int TYPE_BLACKHOLE = 6;

  public static final int SCOPE_GLOBAL = 0;
  public static final int SCOPE_LINK = 253;

  /**
   * What the kernel tells routes apart by.
   *
   * @param source {@code ::/0} or {@code 0.0.0.0/0} unless only packets from some addresses are
   *     routed; IPv6 only
   * @param tos 0 unless only packets with this mark are routed; IPv4 only
   * @param metric the lowest one wins. In IPv6 there is no 0: the kernel makes it 1024
   */
  public record RouteKey(int table, Cidr destination, Cidr source, int tos, int metric) {
    /** A key in the main table for packets of any source and mark. */
    public static RouteKey main(Cidr destination, int metric) {
      return new RouteKey(TABLE_MAIN, destination, everything(destination.version()), 0, metric);
    }

    static Cidr everything(IpVersion version) {
      return new Cidr(new Ip(version, 0, 0), 0);
    }
  }

  /**
   * What kind of route it is, and whose.
   *
   * @param type {@code RTN_...}
   * @param scope {@code RT_SCOPE_...}; the kernel keeps none for IPv6 and always shows 0
   * @param protocol {@code RTPROT_...}: who made it
   */
  public record RouteKind(int type, int scope, int protocol) {}

  /**
   * Where packets go.
   *
   * @param linkIndex 0 for none
   * @param gateway may be of the other family; null where the destination is on the link itself
   * @param onlink whether the gateway counts as on the link though no route says so
   */
  public record NextHop(int linkIndex, @Nullable Ip gateway, boolean onlink) {}

  @Override
  public String toString() {
    return "route "
        + key.destination()
        + (hop.gateway() == null ? "" : " via " + hop.gateway())
        + " dev #"
        + hop.linkIndex()
        + " table "
        + key.table()
        + " metric "
        + key.metric()
        + " proto "
        + kind.protocol()
        + " type "
        + kind.type();
  }
}
