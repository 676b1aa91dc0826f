package felix.dataplane.netlink;

import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.Ip;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct nfgenmsg}, u8 family, u8 version, u16 resource, and attributes {@code CTA_...}. The
 * type of a message is the subsystem's number, 1, and its own, a byte each.
 */
final class ConntrackCodec {
  static final int NEW = 0x100;
  static final int GET = 0x101;
  static final int DELETE = 0x102;

  private static final int FIXED_BYTES = 4;

  private static final int ATTRIBUTE_ORIGINAL = 1;
  private static final int ATTRIBUTE_REPLY = 2;
  private static final int ATTRIBUTE_STATUS = 3;
  private static final int ATTRIBUTE_ID = 12;
  private static final int ATTRIBUTE_ZONE = 18;
  private static final int ATTRIBUTE_FILTER = 25;

  private static final int TUPLE_IP = 1;
  private static final int TUPLE_PROTOCOL = 2;
  private static final int TUPLE_ZONE = 3;

  /** For a kernel that knows filters: of which tuple which parts count. */
  private static final int FILTER_ORIGINAL = 1;

  private static final int FILTER_REPLY = 2;
  private static final int FILTER_BY_SOURCE = 0x1;

  private ConntrackCodec() {}

  /** Which end of connections an address is to be. */
  enum Sender {
    ORIGINAL(ATTRIBUTE_ORIGINAL, FILTER_ORIGINAL),
    REPLY(ATTRIBUTE_REPLY, FILTER_REPLY);

    private final int tuple;
    private final int filter;

    Sender(int tuple, int filter) {
      this.tuple = tuple;
      this.filter = filter;
    }
  }

  /** What follows the header of a request for all connections of a family. */
  static void encodeDump(IpVersion version, MessageWriter out) {
    encodeFixedPart(version, out);
  }

  /**
   * What follows the header of a request for the connections with this source at one end. Before
   * Linux 5.8 the kernel takes it for a request for all of the family.
   */
  static void encodeDump(Ip source, Sender sender, MessageWriter out) {
    encodeFixedPart(source.version(), out);
    int tuple = out.openNested(sender.tuple);
    int ip = out.openNested(TUPLE_IP);
    out.attribute(sourceAttribute(source.version()), source);
    out.closeNested(ip);
    out.closeNested(tuple);
    int filter = out.openNested(ATTRIBUTE_FILTER);
    out.attribute(sender.filter, FILTER_BY_SOURCE);
    out.closeNested(filter);
  }

  /**
   * A request to delete, as one whole message. It always names a tuple: one that names none empties
   * the table.
   */
  static void encodeDelete(ConntrackEntry entry, int flags, int sequence, MessageWriter out) {
    out.begin(DELETE, flags, sequence);
    encode(entry, out);
    out.end();
  }

  /** Writes all that follows the header. */
  static void encode(ConntrackEntry entry, MessageWriter out) {
    encodeFixedPart(entry.version(), out);
    encode(ATTRIBUTE_ORIGINAL, entry.original(), out);
    encode(ATTRIBUTE_REPLY, entry.reply(), out);
    out.attributeU32InNetworkOrder(ATTRIBUTE_STATUS, entry.status());
    out.attributeU32InNetworkOrder(ATTRIBUTE_ID, entry.id());
    if (entry.zone() != 0) {
      out.attributeU16InNetworkOrder(ATTRIBUTE_ZONE, entry.zone());
    }
  }

  /**
   * Reads what follows the header.
   *
   * @return null for a connection of a family that is none of ours
   * @throws MalformedMessageException if the bytes are no such message
   */
  static @Nullable ConntrackEntry decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    IpVersion version = Family.version(body.get(0));
    if (version == null) {
      return null;
    }
    ConntrackTuple original = null;
    ConntrackTuple reply = null;
    int zone = 0;
    int status = 0;
    int id = 0;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_ORIGINAL -> original = tuple(attributes.nested(), version);
        case ATTRIBUTE_REPLY -> reply = tuple(attributes.nested(), version);
        case ATTRIBUTE_STATUS -> status = attributes.u32InNetworkOrder();
        case ATTRIBUTE_ID -> id = attributes.u32InNetworkOrder();
        case ATTRIBUTE_ZONE -> zone = attributes.u16InNetworkOrder();
        default -> {}
      }
    }
    if (original == null || reply == null) {
      throw new MalformedMessageException("a connection without its two tuples");
    }
    return new ConntrackEntry(original, reply, zone, status, id);
  }

  private static void encodeFixedPart(IpVersion version, MessageWriter out) {
    out.u8(Family.of(version)).u8(0).u16(0);
  }

  private static void encode(int type, ConntrackTuple tuple, MessageWriter out) {
    IpVersion version = tuple.source().version();
    int start = out.openNested(type);
    int ip = out.openNested(TUPLE_IP);
    out.attribute(sourceAttribute(version), tuple.source());
    out.attribute(destinationAttribute(version), tuple.destination());
    out.closeNested(ip);
    int protocol = out.openNested(TUPLE_PROTOCOL);
    ConntrackProtocolCodec.encode(version, tuple, out);
    out.closeNested(protocol);
    if (tuple.zone() != 0) {
      out.attributeU16InNetworkOrder(TUPLE_ZONE, tuple.zone());
    }
    out.closeNested(start);
  }

  private static ConntrackTuple tuple(AttributeReader attributes, IpVersion version) {
    Ip source = null;
    Ip destination = null;
    int protocol = 0;
    Detail detail = Detail.NONE;
    int zone = 0;
    while (attributes.next()) {
      switch (attributes.type()) {
        case TUPLE_IP -> {
          for (var ips = attributes.nested(); ips.next(); ) {
            if (ips.type() == sourceAttribute(version)) {
              source = ips.ip(version);
            } else if (ips.type() == destinationAttribute(version)) {
              destination = ips.ip(version);
            }
          }
        }
        case TUPLE_PROTOCOL -> {
          protocol = ConntrackProtocolCodec.number(attributes.nested());
          detail = ConntrackProtocolCodec.detail(attributes.nested());
        }
        case TUPLE_ZONE -> zone = attributes.u16InNetworkOrder();
        default -> {}
      }
    }
    if (source == null || destination == null) {
      throw new MalformedMessageException("a tuple without its two addresses");
    }
    return new ConntrackTuple(source, destination, protocol, detail, zone);
  }

  private static int sourceAttribute(IpVersion version) {
    return switch (version) {
      case V4 -> 1;
      case V6 -> 3;
    };
  }

  private static int destinationAttribute(IpVersion version) {
    return sourceAttribute(version) + 1;
  }
}
