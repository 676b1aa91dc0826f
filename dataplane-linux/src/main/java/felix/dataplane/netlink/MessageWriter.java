package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages one after another into a buffer. A message is begun, its fixed part written with
 * {@code u8}, {@code u16} and {@code u32}, then its attributes, and ended.
 */
final class MessageWriter {
  private static final int NESTED = 0x8000;

  private final ByteBuffer out;
  private int messageStart;

  MessageWriter(ByteBuffer out) {
    this.out = out.order(ByteOrder.nativeOrder());
  }

  MessageWriter begin(int type, int flags, int sequence) {
    messageStart = out.position();
    out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
    return this;
  }

  void end() {
    out.putInt(messageStart, out.position() - messageStart);
    pad(messageStart);
  }

  MessageWriter u8(int value) {
    out.put((byte) value);
    return this;
  }

  MessageWriter u16(int value) {
    out.putShort((short) value);
    return this;
  }

  MessageWriter u32(int value) {
    out.putInt(value);
    return this;
  }

  void attribute(int type, byte[] value) {
    int start = openNested(type);
    out.put(value);
    out.putShort(start + 2, (short) type);
    closeNested(start);
  }

  void attribute(int type, int u32) {
    out.putShort((short) 8).putShort((short) type).putInt(u32);
  }

  void attributeU8(int type, int value) {
    attribute(type, new byte[] {(byte) value});
  }

  void attributeU16InNetworkOrder(int type, int value) {
    attribute(type, new byte[] {(byte) (value >>> 8), (byte) value});
  }

  void attributeU32InNetworkOrder(int type, int value) {
    attribute(
        type,
        new byte[] {
          (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        });
  }

  void attribute(int type, Ip ip) {
    attribute(type, ip.toBytes());
  }

  void attribute(int type, MacAddress mac) {
    attribute(type, mac.toBytes());
  }

  /** Text with a zero byte at its end. */
  void attribute(int type, String text) {
    attribute(type, (text + '\0').getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Begins an attribute that holds others; returns what {@link #closeNested} wants. */
  int openNested(int type) {
    int start = out.position();
    out.putShort((short) 0).putShort((short) (type | NESTED));
    return start;
  }

  void closeNested(int start) {
    out.putShort(start, (short) (out.position() - start));
    pad(start);
  }

  private void pad(int start) {
    while (((out.position() - start) & 3) != 0) {
      out.put((byte) 0);
    }
  }
}
