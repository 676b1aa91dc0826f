package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The kernel's verdict on a request, or on a dump: {@code struct nlmsgerr}, an i32 that is 0 or a
 * negated errno, then the header of the request, then possibly its body, then attributes.
 *
 * @param errno number 0 if all went well
 * @param words the kernel's explanation; empty if it gave none
 */
record AnswerCode(Errno errno, String words) {
  private static final int CODE_BYTES = 4;
  private static final int FLAG_CAPPED = 0x100;
  private static final int FLAG_ATTRIBUTES = 0x200;
  private static final int ATTRIBUTE_MESSAGE = 1;

  /**
   * Reads the body of an {@code NLMSG_ERROR} or {@code NLMSG_DONE}.
   *
   * @throws MalformedMessageException if it is none
   */
  static AnswerCode of(RawMessage message) {
    boolean done = message.type() == RawMessage.DONE;
    if (done && message.body().remaining() < CODE_BYTES) {
      return new AnswerCode(new Errno(0), ""); // only some dumps have a code at their end
    }
    Codec.requireFixedPart(message.body(), CODE_BYTES);
    var errno = new Errno(-message.body().getInt(0));
    int attributes = done ? CODE_BYTES : endOfRequest(message);
    boolean explained =
        (message.flags() & FLAG_ATTRIBUTES) != 0 && attributes < message.body().remaining();
    return new AnswerCode(
        errno, explained ? words(Codec.attributes(message.body(), attributes)) : "");
  }

  /** What followed the header of the request, as a refusal holds it; empty if it was left out. */
  static ByteBuffer request(RawMessage message) {
    int start = CODE_BYTES + RawMessage.HEADER_BYTES;
    ByteBuffer body = message.body();
    boolean leftOut = (message.flags() & FLAG_CAPPED) != 0 || body.remaining() < start;
    return body.slice(leftOut ? 0 : start, leftOut ? 0 : body.remaining() - start)
        .order(ByteOrder.nativeOrder());
  }

  boolean isFailure() {
    return errno.number() != 0;
  }

  void requireSuccess() throws SocketException {
    if (isFailure()) {
      throw new SocketException(words.isEmpty() ? "refused" : words, errno);
    }
  }

  private static int endOfRequest(RawMessage message) {
    int header = CODE_BYTES + RawMessage.HEADER_BYTES;
    Codec.requireFixedPart(message.body(), header);
    if ((message.flags() & FLAG_CAPPED) != 0) {
      return header;
    }
    int requestLength = message.body().getInt(CODE_BYTES);
    if (requestLength < RawMessage.HEADER_BYTES || requestLength > message.body().remaining()) {
      return message.body().remaining();
    }
    return CODE_BYTES + RawMessage.aligned(requestLength);
  }

  private static String words(AttributeReader attributes) {
    String words = "";
    while (attributes.next()) {
      if (attributes.type() == ATTRIBUTE_MESSAGE) {
        words = attributes.text();
      }
    }
    return words;
  }
}
