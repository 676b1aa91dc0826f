package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of object is written and read. Pure.
 *
 * @param <T> the kind
 */
interface Codec<T extends RtnetlinkObject> {
  /** {@code RTM_NEW...}. The messages that remove and that ask have the two numbers after it. */
  int newType();

  default int deleteType() {
    return newType() + 1;
  }

  default int getType() {
    return newType() + 2;
  }

  /** Writes all that follows the header. */
  void encode(T object, MessageWriter out);

  /** Writes what follows the header of a request for all objects of a family. */
  void encodeDump(int family, MessageWriter out);

  /**
   * Reads what follows the header.
   *
   * @return null for an object of a family that is none of ours
   * @throws MalformedMessageException if the bytes are no such message
   */
  @Nullable T decode(ByteBuffer body);

  /** Checks that the fixed part of a body is there. */
  static void requireFixedPart(ByteBuffer body, int bytes) {
    if (body.remaining() < bytes) {
      throw new MalformedMessageException(
          "a message body has at least " + bytes + " bytes, not " + body.remaining());
    }
  }

  /** The attributes in a {@link RawMessage#body}, behind its fixed part. */
  static AttributeReader attributes(ByteBuffer body, int fixedBytes) {
    return new AttributeReader(body, fixedBytes, body.limit());
  }
}
