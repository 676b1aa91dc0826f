package felix.dataplane.netlink;

import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.netlink.IpSetRequest.Flush;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.dataplane.netlink.IpSetRequest.Swap;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct nfgenmsg}, u8 family, u8 version, u16 resource, and attributes {@code
 * IPSET_ATTR_...} of {@code linux/netfilter/ipset/ip_set.h}, numbers in network order. The type of
 * a message is the subsystem's number, 6, and its own, a byte each.
 */
final class IpSetCodec {
  static final int PROTOCOL = 0x601;
  static final int LIST = 0x607;
  static final int TYPE = 0x60d;

  private static final int CREATE = 0x602;
  private static final int DESTROY = 0x603;
  private static final int FLUSH = 0x604;
  private static final int SWAP = 0x606;
  private static final int ADD = 0x609;
  private static final int DELETE = 0x60a;

  /** {@code NLA_F_NET_BYTEORDER}: the kernel insists on it where there is more than one byte. */
  static final int IN_NETWORK_ORDER = 0x4000;

  static final int ATTRIBUTE_LINE = 9;

  private static final int FIXED_BYTES = 4;

  private static final int ATTRIBUTE_PROTOCOL = 1;
  private static final int ATTRIBUTE_NAME = 2;
  private static final int ATTRIBUTE_TYPE = 3;
  private static final int ATTRIBUTE_OTHER_NAME = 3;
  private static final int ATTRIBUTE_REVISION = 4;
  private static final int ATTRIBUTE_FAMILY = 5;
  private static final int ATTRIBUTE_FLAGS = 6;
  private static final int ATTRIBUTE_HEADER = 7;
  private static final int ATTRIBUTE_MEMBERS = 8;

  /** Of protocols, or of revisions, beside the highest. */
  private static final int ATTRIBUTE_LOWEST = 10;

  private static final int HEADER_INITIAL_VALUE = 17;
  private static final int HEADER_HASH_SIZE = 18;
  private static final int HEADER_MAX_SIZE = 19;
  private static final int HEADER_BUCKET_SIZE = 21;
  private static final int HEADER_SIZE = 24;
  private static final int HEADER_REFERENCES = 25;
  private static final int HEADER_MEMORY = 26;

  private static final int FLAG_WITHOUT_MEMBERS = 4;

  /** Buckets that the kernel gives at least. */
  private static final int SMALLEST_HASH = 1 << 6;

  /** Buckets that the kernel gives unasked. */
  private static final int USUAL_HASH = 1 << 10;

  private static final int LARGEST_HASH = 1 << 20;

  private IpSetCodec() {}

  /**
   * Versions of which one is to be chosen.
   *
   * @param lowest the same where the kernel names but one
   */
  record Range(int lowest, int highest) {
    /** The highest of both ranges; -1 if they have none in common. */
    int commonWith(Range other) {
      int common = Math.min(highest, other.highest);
      return common >= lowest && common >= other.lowest ? common : -1;
    }

    @Override
    public String toString() {
      return lowest == highest ? Integer.toString(lowest) : lowest + " to " + highest;
    }
  }

  /**
   * What follows the header of a request for the versions of the protocol that the kernel knows.
   */
  static void encodeProtocol(int highest, MessageWriter out) {
    begin(highest, out);
  }

  static Range decodeProtocol(ByteBuffer body) {
    return range(body, ATTRIBUTE_PROTOCOL);
  }

  /** What follows the header of a request for the revisions of a type of set. */
  static void encodeType(int protocol, IpSetHeader header, MessageWriter out) {
    begin(protocol, out);
    out.attribute(ATTRIBUTE_TYPE, header.type());
    out.attributeU8(ATTRIBUTE_FAMILY, family(header));
  }

  static Range decodeType(ByteBuffer body) {
    return range(body, ATTRIBUTE_REVISION);
  }

  /** What follows the header of a request for all sets. */
  static void encodeList(int protocol, boolean withMembers, MessageWriter out) {
    begin(protocol, out);
    if (!withMembers) {
      out.attributeU32InNetworkOrder(ATTRIBUTE_FLAGS | IN_NETWORK_ORDER, FLAG_WITHOUT_MEMBERS);
    }
  }

  /**
   * A change as one whole message.
   *
   * @param revision of the type of set, where one is made
   */
  static void encode(
      IpSetRequest request,
      int protocol,
      int revision,
      int flags,
      int sequence,
      MessageWriter out) {
    int creating = request instanceof Create ? RawMessage.FLAG_CREATE : 0;
    out.begin(type(request), flags | creating, sequence);
    begin(protocol, out);
    out.attribute(ATTRIBUTE_NAME, request.set());
    switch (request) {
      case Create create -> encode(create, revision, out);
      case Swap(String set, String other) -> out.attribute(ATTRIBUTE_OTHER_NAME, other);
      case Members members -> encode(members.entries(), out);
      case Flush flush -> {}
      case Destroy destroy -> {}
    }
    out.end();
  }

  private static int type(IpSetRequest request) {
    return switch (request) {
      case Create create -> CREATE;
      case Swap swap -> SWAP;
      case Flush flush -> FLUSH;
      case Destroy destroy -> DESTROY;
      case Members members ->
          switch (members.change()) {
            case ADD -> ADD;
            case DELETE -> DELETE;
          };
    };
  }

  private static void begin(int protocol, MessageWriter out) {
    out.u8(Family.INET).u8(0).u16(0);
    out.attributeU8(ATTRIBUTE_PROTOCOL, protocol);
  }

  private static void encode(Create create, int revision, MessageWriter out) {
    IpSetHeader header = create.header();
    out.attribute(ATTRIBUTE_TYPE, header.type());
    out.attributeU8(ATTRIBUTE_REVISION, revision);
    out.attributeU8(ATTRIBUTE_FAMILY, family(header));
    int start = out.openNested(ATTRIBUTE_HEADER);
    int hashSize = hashSize(create.expectedSize());
    if (hashSize != USUAL_HASH) {
      out.attributeU32InNetworkOrder(HEADER_HASH_SIZE | IN_NETWORK_ORDER, hashSize);
    }
    out.attributeU32InNetworkOrder(HEADER_MAX_SIZE | IN_NETWORK_ORDER, header.maxSize());
    out.closeNested(start);
  }

  /**
   * One or two members a bucket. Each time the kernel doubles them takes it some milliseconds, but
   * it does not before a bucket holds twelve. For each list it goes over all buckets of a set
   * twice, which is most of the work for the many small ones that are usual.
   */
  private static int hashSize(int members) {
    int enough = members > USUAL_HASH ? Math.max(members / 2, USUAL_HASH) : members;
    return Integer.highestOneBit(Math.clamp(enough, SMALLEST_HASH, LARGEST_HASH) * 2 - 1);
  }

  private static int family(IpSetHeader header) {
    IpVersion version = header.version();
    return version == null ? Family.UNSPECIFIED : Family.of(version);
  }

  /** The line of the message is where the kernel puts that of the entry to blame. */
  private static void encode(IpSetRequest.Entries entries, MessageWriter out) {
    out.attributeU32InNetworkOrder(ATTRIBUTE_LINE | IN_NETWORK_ORDER, 0);
    int start = out.openNested(ATTRIBUTE_MEMBERS);
    var entry = new IpSetEntry();
    for (int i = 0; i < entries.count(); i++) {
      entries.read(i, entry);
      IpSetMemberCodec.encode(entry, i, out);
    }
    out.closeNested(start);
  }

  /**
   * Which of the entries of a refused request is to blame.
   *
   * @param request the body of the request, as the kernel sends it back
   */
  static int decodeLine(ByteBuffer request) {
    Codec.requireFixedPart(request, FIXED_BYTES);
    for (var attributes = Codec.attributes(request, FIXED_BYTES); attributes.next(); ) {
      if (attributes.type() == ATTRIBUTE_LINE) {
        return attributes.u32InNetworkOrder();
      }
    }
    throw new MalformedMessageException("no line");
  }

  /**
   * A part of a list: the whole of a set or, where it is long, its begin or more of its members.
   *
   * @param header null if it is not the first part
   * @param references how many rules and sets name it, where there is a header
   * @param size how many members it has in all, where there is a header
   * @param members an attribute with members; null if it has none
   */
  record Part(
      String name,
      @Nullable IpSetHeader header,
      int references,
      int size,
      @Nullable ByteBuffer members) {}

  /**
   * Reads a part of a list.
   *
   * @throws MalformedMessageException if the bytes are no such message
   */
  static Part decode(ByteBuffer body) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    String name = null;
    String type = null;
    IpVersion version = null;
    var sizes = new Sizes();
    ByteBuffer members = null;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      switch (attributes.type()) {
        case ATTRIBUTE_NAME -> name = attributes.text();
        case ATTRIBUTE_TYPE -> type = attributes.text();
        case ATTRIBUTE_FAMILY -> version = Family.version(attributes.u8());
        case ATTRIBUTE_HEADER -> sizes.read(attributes.nested());
        case ATTRIBUTE_MEMBERS -> members = attributes.value();
        default -> {}
      }
    }
    if (name == null) {
      throw new MalformedMessageException("a set without a name");
    }
    var header =
        type == null ? null : new IpSetHeader(type, version, sizes.maxSize, sizes.hasOptions);
    return new Part(name, header, sizes.references, sizes.size, members);
  }

  /** The numbers of a header. */
  private static final class Sizes {
    int maxSize;
    int references;
    int size = ListedIpSet.UNKNOWN;
    boolean hasOptions;

    void read(AttributeReader attributes) {
      while (attributes.next()) {
        switch (attributes.type()) {
          case HEADER_MAX_SIZE -> maxSize = attributes.u32InNetworkOrder();
          case HEADER_REFERENCES -> references = attributes.u32InNetworkOrder();
          case HEADER_SIZE -> size = attributes.u32InNetworkOrder();
          case HEADER_HASH_SIZE, HEADER_BUCKET_SIZE, HEADER_INITIAL_VALUE, HEADER_MEMORY -> {}
          default -> hasOptions = true;
        }
      }
    }
  }

  private static Range range(ByteBuffer body, int ofHighest) {
    Codec.requireFixedPart(body, FIXED_BYTES);
    int highest = -1;
    int lowest = -1;
    for (var attributes = Codec.attributes(body, FIXED_BYTES); attributes.next(); ) {
      if (attributes.type() == ofHighest) {
        highest = attributes.u8();
      } else if (attributes.type() == ATTRIBUTE_LOWEST) {
        lowest = attributes.u8();
      }
    }
    if (highest < 0) {
      throw new MalformedMessageException("no version");
    }
    return new Range(lowest < 0 ? highest : lowest, highest);
  }
}
