package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message with its header ({@code struct nlmsghdr}) read and its body not.
 *
 * @param sequence the number of the request that it answers; 0 for events
 * @param body what follows the header, in native order; a view, valid until the buffer is reused
 */
record RawMessage(int type, int flags, int sequence, ByteBuffer body) {
  static final int HEADER_BYTES = 16;

  static final int ERROR = 2;
  static final int DONE = 3;

  static final int FLAG_REQUEST = 0x1;
  static final int FLAG_ACK = 0x4;
  static final int FLAG_DUMP_INTERRUPTED = 0x10;
  static final int FLAG_REPLACE = 0x100;
  static final int FLAG_EXCLUSIVE = 0x200;
  static final int FLAG_CREATE = 0x400;

  /** {@code NLM_F_ROOT | NLM_F_MATCH}. */
  static final int FLAG_DUMP = 0x300;

  /**
   * Cuts a datagram into its messages.
   *
   * @throws MalformedMessageException if the last one is not whole, or a length is impossible
   */
  static List<RawMessage> split(ByteBuffer datagram) {
    ByteBuffer rest = datagram.slice().order(ByteOrder.nativeOrder());
    var messages = new ArrayList<RawMessage>();
    while (rest.hasRemaining()) {
      messages.add(next(rest));
    }
    return messages;
  }

  private static RawMessage next(ByteBuffer rest) {
    if (rest.remaining() < HEADER_BYTES) {
      throw new MalformedMessageException(
          "a netlink header has 16 bytes, only " + rest.remaining() + " are left");
    }
    int start = rest.position();
    int length = rest.getInt(start);
    if (length < HEADER_BYTES || length > rest.remaining()) {
      throw new MalformedMessageException(
          "a netlink message of "
              + Integer.toUnsignedString(length)
              + " bytes, "
              + rest.remaining()
              + " are left");
    }
    var message =
        new RawMessage(
            Short.toUnsignedInt(rest.getShort(start + 4)),
            Short.toUnsignedInt(rest.getShort(start + 6)),
            rest.getInt(start + 8),
            rest.slice(start + HEADER_BYTES, length - HEADER_BYTES).order(ByteOrder.nativeOrder()));
    rest.position(Math.min(rest.limit(), start + aligned(length)));
    return message;
  }

  /** Messages and attributes begin at multiples of four bytes. */
  static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
