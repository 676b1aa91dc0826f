package felix.dataplane.netlink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codec of each kind of object. */
final class Codecs {
  static final Codec<LinkMessage> LINKS = new LinkCodec();
  static final Codec<AddressMessage> ADDRESSES = new AddressCodec();
  static final Codec<RouteMessage> ROUTES = new RouteCodec();
  static final Codec<NeighbourMessage> NEIGHBOURS = new NeighbourCodec();
  static final Codec<RuleMessage> RULES = new RuleCodec();

  private static final List<Codec<?>> ALL = List.of(LINKS, ADDRESSES, ROUTES, NEIGHBOURS, RULES);

  private Codecs() {}

  /** Writes a request as one whole message. */
  static void encode(Request request, int flags, int sequence, MessageWriter out) {
    switch (request.object()) {
      case LinkMessage link -> encode(LINKS, link, request.operation(), flags, sequence, out);
      case AddressMessage address ->
          encode(ADDRESSES, address, request.operation(), flags, sequence, out);
      case RouteMessage route -> encode(ROUTES, route, request.operation(), flags, sequence, out);
      case NeighbourMessage neighbour ->
          encode(NEIGHBOURS, neighbour, request.operation(), flags, sequence, out);
      case RuleMessage rule -> encode(RULES, rule, request.operation(), flags, sequence, out);
    }
  }

  /**
   * Reads a message that reports a change.
   *
   * @return null if it reports nothing that we know
   * @throws MalformedMessageException if its body is not what its type says
   */
  static @Nullable RtnetlinkEvent event(RawMessage message) {
    for (Codec<?> codec : ALL) {
      boolean gone = message.type() == codec.deleteType();
      if (gone || message.type() == codec.newType()) {
        RtnetlinkObject object = codec.decode(message.body());
        return object == null ? null : new RtnetlinkEvent(object, gone);
      }
    }
    return null;
  }

  private static <T extends RtnetlinkObject> void encode(
      Codec<T> codec,
      T object,
      Request.Operation operation,
      int flags,
      int sequence,
      MessageWriter out) {
    boolean removes = operation == Request.Operation.DELETE;
    out.begin(removes ? codec.deleteType() : codec.newType(), operation.flags() | flags, sequence);
    codec.encode(object, out);
    out.end();
  }
}
