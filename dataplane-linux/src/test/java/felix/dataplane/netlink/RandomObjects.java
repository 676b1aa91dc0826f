package felix.dataplane.netlink;

import felix.dataplane.netlink.AddressMessage.Others;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.RuleMessage.RuleSelector;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Any object that messages can express. */
record RandomObjects(Random random) {
  RtnetlinkObject next() {
    return switch (random.nextInt(5)) {
      case 0 -> link();
      case 1 -> address();
      case 2 -> route();
      case 3 -> neighbour();
      default -> rule();
    };
  }

  private LinkMessage link() {
    VxlanParameters vxlan = bit() ? vxlan() : null;
    String kind = vxlan != null ? "vxlan" : bit() ? null : "kind" + random.nextInt(100);
    return new LinkMessage(
        random.nextInt(),
        "if" + random.nextInt(1000),
        random.nextInt(),
        new LinkSettings(
            kind,
            random.nextInt(9000),
            random.nextBoolean() ? null : mac(),
            random.nextInt(10),
            random.nextInt(10)),
        vxlan);
  }

  private VxlanParameters vxlan() {
    return new VxlanParameters(
        random.nextInt(1 << 24),
        random.nextInt(1 << 16),
        orNull(ip(version())),
        random.nextInt(),
        new Learning(bit(), bit(), bit(), orNull(ip(version()))));
  }

  private AddressMessage address() {
    Ip ip = ip(version());
    boolean v4 = ip.version() == IpVersion.V4;
    return new AddressMessage(
        random.nextInt(),
        ip,
        random.nextInt(ip.version().bits() + 1),
        u8(),
        new Others(v4 ? orNull(ip(ip.version())) : null, orNull(ip(ip.version()))));
  }

  private RouteMessage route() {
    IpVersion version = version();
    return new RouteMessage(
        new RouteKey(
            random.nextBoolean() ? u8() : random.nextInt(),
            cidr(version),
            cidr(version),
            u8(),
            random.nextInt()),
        new RouteKind(u8(), u8(), u8()),
        new NextHop(random.nextInt(3), random.nextBoolean() ? null : ip(version()), bit()),
        random.nextBoolean() ? null : ip(version));
  }

  private NeighbourMessage neighbour() {
    NeighbourTable table = List.of(NeighbourTable.values()).get(random.nextInt(3));
    IpVersion version =
        switch (table) {
          case ARP -> IpVersion.V4;
          case NDP -> IpVersion.V6;
          case FORWARDING -> version();
        };
    return new NeighbourMessage(
        table,
        random.nextInt(),
        random.nextInt(0x10000),
        u8(),
        orNull(ip(version)),
        random.nextBoolean() ? null : mac());
  }

  private RuleMessage rule() {
    IpVersion version = version();
    boolean marked = bit();
    return new RuleMessage(
        random.nextInt(),
        random.nextInt(2000),
        u8(),
        bit(),
        new RuleSelector(
            version,
            cidr(version),
            cidr(version),
            marked ? random.nextInt() : 0,
            marked ? 1 + random.nextInt(255) : 0));
  }

  private @Nullable Ip orNull(Ip ip) {
    return bit() ? ip : null;
  }

  private boolean bit() {
    return random.nextBoolean();
  }

  private int u8() {
    return random.nextInt(256);
  }

  private IpVersion version() {
    return bit() ? IpVersion.V4 : IpVersion.V6;
  }

  private Ip ip(IpVersion version) {
    var bytes = new byte[version.bits() / 8];
    random.nextBytes(bytes);
    return Ip.ofBytes(bytes);
  }

  private Cidr cidr(IpVersion version) {
    return new Cidr(ip(version), random.nextInt(version.bits() + 1));
  }

  private MacAddress mac() {
    return new MacAddress(random.nextLong() >>> 16);
  }
}
