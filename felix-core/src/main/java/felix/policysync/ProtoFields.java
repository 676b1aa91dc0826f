package felix.policysync;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The fields of one message in Protocol Buffers' encoding
 * (protobuf.dev/programming-guides/encoding), proto3: what has its default is left out unless a
 * method says otherwise. In the order in which they are added; to be ascending, as rules' IDs are
 * hashes of the bytes.
 */
final class ProtoFields {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ProtoFields text(int field, String value) {
    return value.isEmpty() ? this : textEvenIfEmpty(field, value);
  }

  /** A member of a {@code oneof}, or an element of a list. */
  ProtoFields textEvenIfEmpty(int field, String value) {
    return delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoFields texts(int field, Collection<?> values) {
    values.forEach(value -> textEvenIfEmpty(field, value.toString()));
    return this;
  }

  ProtoFields number(int field, int value) {
    return value == 0 ? this : numberEvenIfZero(field, value);
  }

  /** A member of a {@code oneof}. */
  ProtoFields numberEvenIfZero(int field, int value) {
    varint((field << 3) | VARINT);
    varint(value);
    return this;
  }

  /** Also an empty one, which is not the same as none. */
  ProtoFields message(int field, ProtoFields value) {
    return delimited(field, value.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private ProtoFields delimited(int field, byte[] value) {
    varint((field << 3) | LENGTH_DELIMITED);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** Seven bits a byte, the lowest first; a number here is never negative. */
  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      bytes.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }
}
