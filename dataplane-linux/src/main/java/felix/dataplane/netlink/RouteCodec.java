package felix.dataplane.netlink;

import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct rtmsg}: u8 family, u8 destination length, u8 source length, u8 TOS, u8 table, u8
 * protocol, u8 scope, u8 type, u32 flags.
 */
final class RouteCodec implements Codec<RouteMessage> {
  private static final int FIXED_BYTES = 12;

  private static final int ATTRIBUTE_DESTINATION = 1;
  private static final int ATTRIBUTE_SOURCE = 2;
  private static final int ATTRIBUTE_LINK = 4;
  private static final int ATTRIBUTE_GATEWAY = 5;
  private static final int ATTRIBUTE_METRIC = 6;
  private static final int ATTRIBUTE_PREFERRED_SOURCE = 7;
  private static final int ATTRIBUTE_TABLE = 15;
  private static final int ATTRIBUTE_VIA = 18; // u16 family and a gateway of that family

  private static final int FLAG_ONLINK = 0x4;
  private static final int FLAG_CLONED = 0x200;

  @Override
  public int newType() {
    return 24;
  }

  @Override
  public void encode(RouteMessage route, MessageWriter out) {
    RouteKey key = route.key();
    out.u8(Family.of(key.destination().version()));
    out.u8(key.destination().prefixLength()).u8(key.source().prefixLength()).u8(key.tos());
    out.u8(key.table() < 256 ? key.table() : 0);
    out.u8(route.kind().protocol()).u8(route.kind().scope()).u8(route.kind().type());
    out.u32(route.hop().onlink() ? FLAG_ONLINK : 0);
    out.attribute(ATTRIBUTE_DESTINATION, key.destination().address());
    if (key.source().prefixLength() != 0) {
      out.attribute(ATTRIBUTE_SOURCE, key.source().address());
    }
    out.attribute(ATTRIBUTE_TABLE, key.table());
    if (key.metric() != 0) {
      out.attribute(ATTRIBUTE_METRIC, key.metric());
    }
    if (route.hop().linkIndex() != 0) {
      out.attribute(ATTRIBUTE_LINK, route.hop().linkIndex());
    }
    if (route.hop().gateway() != null) {
      encodeGateway(route.hop().gateway(), key.destination().version(), out);
    }
    if (route.preferredSource() != null) {
      out.attribute(ATTRIBUTE_PREFERRED_SOURCE, route.preferredSource());
    }
  }

  private static void encodeGateway(Ip gateway, IpVersion version, MessageWriter out) {
    if (gateway.version() == version) {
      out.attribute(ATTRIBUTE_GATEWAY, gateway);
      return;
    }
    var address = gateway.toBytes();
    var via = ByteBuffer.allocate(2 + address.length).order(ByteOrder.nativeOrder());
    via.putShort((short) Family.of(gateway.version())).put(address);
    out.attribute(ATTRIBUTE_VIA, via.array());
  }

  @Override
  public void encodeDump(int family, MessageWriter out) {
    out.u8(family).u8(0).u8(0).u8(0).u32(0).u32(0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Nor is there an object in a cached copy of a route, which old kernels list among the IPv6
   * routes.
   */
  @Override
  public @Nullable RouteMessage decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    IpVersion version = Family.version(body.get(0));
    int flags = body.getInt(8);
    if (version == null || (flags & FLAG_CLONED) != 0) {
      return null;
    }
    Ip destination = new Ip(version, 0, 0);
    Ip source = destination;
    Ip gateway = null;
    Ip preferredSource = null;
    int link = 0;
    int metric = 0;
    int table = Byte.toUnsignedInt(body.get(4));
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_DESTINATION -> destination = attributes.ip(version);
        case ATTRIBUTE_SOURCE -> source = attributes.ip(version);
        case ATTRIBUTE_LINK -> link = attributes.u32();
        case ATTRIBUTE_GATEWAY -> gateway = attributes.ip(version);
        case ATTRIBUTE_VIA -> gateway = via(attributes.value());
        case ATTRIBUTE_METRIC -> metric = attributes.u32();
        case ATTRIBUTE_PREFERRED_SOURCE -> preferredSource = attributes.ip(version);
        case ATTRIBUTE_TABLE -> table = attributes.u32();
        default -> {}
      }
    }
    Cidr to = Family.cidr(destination, Byte.toUnsignedInt(body.get(1)));
    Cidr from = Family.cidr(source, Byte.toUnsignedInt(body.get(2)));
    return new RouteMessage(
        new RouteKey(table, to, from, Byte.toUnsignedInt(body.get(3)), metric),
        new RouteKind(
            Byte.toUnsignedInt(body.get(7)),
            Byte.toUnsignedInt(body.get(6)),
            Byte.toUnsignedInt(body.get(5))),
        new NextHop(link, gateway, (flags & FLAG_ONLINK) != 0),
        preferredSource);
  }

  /** Null for a gateway of a family that is not IP. */
  private static @Nullable Ip via(ByteBuffer value) {
    Codec.requireFixedPart(value, 2);
    IpVersion version = Family.version(Short.toUnsignedInt(value.getShort(0)));
    if (version == null) {
      return null;
    }
    var address = new byte[version.bits() / 8];
    Codec.requireFixedPart(value, 2 + address.length);
    value.get(2, address);
    return Ip.ofBytes(address);
  }
}
