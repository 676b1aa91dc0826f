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
  private static final int KIND_DATA = 2; // IFLA_INFO_DATA
  private static final String VXLAN = "vxlan";
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
      if (link.vxlan() != null) {
        int data = out.openNested(KIND_DATA);
        VxlanCodec.encode(link.vxlan(), out);
        out.closeNested(data);
      }
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
    Kind kind = Kind.NONE;
    MacAddress mac = null;
    int mtuBytes = 0;
    int parent = 0;
    int master = 0;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_NAME -> name = attributes.text();
        case ATTRIBUTE_KIND -> kind = Kind.of(attributes.nested());
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
        new LinkSettings(kind.name(), mtuBytes, mac, parent, master),
        kind.vxlan());
  }

  /** What kind of link it is, and what is particular to that. */
  private record Kind(@Nullable String name, @Nullable VxlanParameters vxlan) {
    static final Kind NONE = new Kind(null, null);

    static Kind of(AttributeReader attributes) {
      String name = null;
      AttributeReader data = null;
      while (attributes.next()) {
        switch (attributes.type()) {
          case KIND_NAME -> name = attributes.text();
          case KIND_DATA -> data = attributes.nested();
          default -> {}
        }
      }
      return new Kind(name, data != null && VXLAN.equals(name) ? VxlanCodec.decode(data) : null);
    }
  }
}
