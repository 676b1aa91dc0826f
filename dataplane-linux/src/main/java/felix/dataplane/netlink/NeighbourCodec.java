package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.Ip;
import felix.model.MacAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@code struct ndmsg}: u8 family, u8 and u16 padding, u32 index, u16 state, u8 flags, u8 type. */
final class NeighbourCodec implements Codec<NeighbourMessage> {
  private static final int FIXED_BYTES = 12;

  private static final int ATTRIBUTE_ADDRESS = 1;
  private static final int ATTRIBUTE_MAC = 2;

  @Override
  public int newType() {
    return 28;
  }

  @Override
  public void encode(NeighbourMessage neighbour, MessageWriter out) {
    out.u8(neighbour.table().family()).u8(0).u16(0).u32(neighbour.linkIndex());
    out.u16(neighbour.state()).u8(neighbour.flags()).u8(0);
    if (neighbour.address() != null) {
      out.attribute(ATTRIBUTE_ADDRESS, neighbour.address());
    }
    if (neighbour.mac() != null) {
      out.attribute(ATTRIBUTE_MAC, neighbour.mac());
    }
  }

  @Override
  public void encodeDump(int family, MessageWriter out) {
    out.u8(family).u8(0).u16(0).u32(0).u16(0).u8(0).u8(0);
  }

  @Override
  public @Nullable NeighbourMessage decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    NeighbourTable table = table(body.get(0));
    if (table == null) {
      return null;
    }
    Ip address = null;
    MacAddress mac = null;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_ADDRESS -> address = attributes.ip();
        case ATTRIBUTE_MAC -> mac = attributes.mac();
        default -> {}
      }
    }
    return new NeighbourMessage(
        table,
        body.getInt(4),
        Short.toUnsignedInt(body.getShort(8)),
        Byte.toUnsignedInt(body.get(10)),
        address,
        mac);
  }

  private static @Nullable NeighbourTable table(int family) {
    for (NeighbourTable table : NeighbourTable.values()) {
      if (table.family() == family) {
        return table;
      }
    }
    return null;
  }
}
