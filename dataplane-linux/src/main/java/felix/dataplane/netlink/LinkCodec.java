package felix.dataplane.netlink;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.model.MacAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** {@code struct ifinfomsg}: u8 family, u8 padding, u16 type, u32 index, u32 flags, u32 change. */
final class LinkCodec implements Codec<LinkMessage> {
  private static final int FIXED_BYTES = 16;

  private static final int ATTRIBUTE_MAC = 1;
  private static final int ATTRIBUTE_NAME = 3;
  private static final int ATTRIBUTE_MTU = 4;
  private static final int ATTRIBUTE_PARENT = 5;
  private static final int ATTRIBUTE_MASTER = 10;
  private static final int ATTRIBUTE_KIND = 18; // IFLA_LINKINFO
  private static final int ATTRIBUTE_DUMP_FILTER = 29; // IFLA_EXT_MASK
  private static final int KIND_NAME = 1; // IFLA_INFO_KIND
  private static final int DUMP_WITHOUT_STATISTICS = 1 << 3;

  @Override
  public int newType() {
    return 16;
  }

  @Override
  public void encode(LinkMessage link, MessageWriter out) {
    out.u8(Family.UNSPECIFIED).u8(0).u16(0).u32(link.index()).u32(link.flags());
    out.u32(LinkMessage.FLAG_UP); // the flags to change; the other ones are the kernel's
    LinkSettings settings = link.settings();
    if (!link.name().isEmpty()) {
      out.attribute(ATTRIBUTE_NAME, link.name());
    }
    if (settings.mtuBytes() != 0) {
      out.attribute(ATTRIBUTE_MTU, settings.mtuBytes());
    }
    if (settings.mac() != null) {
      out.attribute(ATTRIBUTE_MAC, settings.mac());
    }
    if (settings.parentIndex() != 0) {
      out.attribute(ATTRIBUTE_PARENT, settings.parentIndex());
    }
    if (settings.masterIndex() != 0) {
      out.attribute(ATTRIBUTE_MASTER, settings.masterIndex());
    }
    if (settings.kind() != null) {
      int kind = out.openNested(ATTRIBUTE_KIND);
      out.attribute(KIND_NAME, settings.kind());
      out.closeNested(kind);
    }
  }

  @Override
  public void encodeDump(int family, MessageWriter out) {
    out.u8(family).u8(0).u16(0).u32(0).u32(0).u32(0);
    out.attribute(ATTRIBUTE_DUMP_FILTER, DUMP_WITHOUT_STATISTICS);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A bridge reports its ports by messages of its own family, which look like those of links:
   * one that removes the port from the bridge does not remove the link.
   */
  @Override
  public @Nullable LinkMessage decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    if (body.get(0) != Family.UNSPECIFIED) {
      return null;
    }
    String name = "";
    String kind = null;
    MacAddress mac = null;
    int mtuBytes = 0;
    int parent = 0;
    int master = 0;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_NAME -> name = attributes.text();
        case ATTRIBUTE_KIND -> kind = kindName(attributes.nested());
        case ATTRIBUTE_MAC -> mac = attributes.mac();
        case ATTRIBUTE_MTU -> mtuBytes = attributes.u32();
        case ATTRIBUTE_PARENT -> parent = attributes.u32();
        case ATTRIBUTE_MASTER -> master = attributes.u32();
        default -> {}
      }
    }
    return new LinkMessage(
        body.getInt(4),
        name,
        body.getInt(8),
        new LinkSettings(kind, mtuBytes, mac, parent, master));
  }

  private static @Nullable String kindName(AttributeReader attributes) {
    String name = null;
    while (attributes.next()) {
      if (attributes.type() == KIND_NAME) {
        name = attributes.text();
      }
    }
    return name;
  }
}
