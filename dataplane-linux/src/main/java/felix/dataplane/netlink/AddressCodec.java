package felix.dataplane.netlink;

import felix.dataplane.netlink.AddressMessage.Others;
import felix.model.Ip;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@code struct ifaddrmsg}: u8 family, u8 prefix length, u8 flags, u8 scope, u32 index. */
final class AddressCodec implements Codec<AddressMessage> {
  private static final int FIXED_BYTES = 8;

  private static final int ATTRIBUTE_ADDRESS = 1;
  private static final int ATTRIBUTE_LOCAL = 2;
  private static final int ATTRIBUTE_BROADCAST = 4;

  @Override
  public int newType() {
    return 20;
  }

  @Override
  public void encode(AddressMessage address, MessageWriter out) {
    out.u8(Family.of(address.address().version())).u8(address.prefixLength());
    out.u8(0).u8(address.scope()).u32(address.linkIndex());
    out.attribute(ATTRIBUTE_LOCAL, address.address());
    Ip farEnd = address.others().farEnd();
    out.attribute(ATTRIBUTE_ADDRESS, farEnd == null ? address.address() : farEnd);
    if (address.others().broadcast() != null) {
      out.attribute(ATTRIBUTE_BROADCAST, address.others().broadcast());
    }
  }

  @Override
  public void encodeDump(int family, MessageWriter out) {
    out.u8(family).u8(0).u8(0).u8(0).u32(0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>On a link with two ends the address attribute is that of the far end; then there is a local
   * one as well. IPv4 has both anyway.
   */
  @Override
  public @Nullable AddressMessage decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    IpVersion version = Family.version(body.get(0));
    if (version == null) {
      return null;
    }
    Ip address = null;
    Ip local = null;
    Ip broadcast = null;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_ADDRESS -> address = attributes.ip(version);
        case ATTRIBUTE_LOCAL -> local = attributes.ip(version);
        case ATTRIBUTE_BROADCAST -> broadcast = attributes.ip(version);
        default -> {}
      }
    }
    Ip ours = local != null ? local : address;
    if (ours == null) {
      throw new MalformedMessageException("an address message without an address");
    }
    int prefixLength = Byte.toUnsignedInt(body.get(1));
    Family.cidr(ours, prefixLength); // refuses an impossible length
    return new AddressMessage(
        body.getInt(4),
        ours,
        prefixLength,
        Byte.toUnsignedInt(body.get(3)),
        new Others(broadcast, ours.equals(address) ? null : address));
  }
}
