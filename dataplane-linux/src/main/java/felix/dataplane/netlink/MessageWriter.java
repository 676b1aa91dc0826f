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
    int start = open(type);
    out.put(value);
    closeNested(start);
  }

  void attribute(int type, int u32) {
    out.putShort((short) 8).putShort((short) type).putInt(u32);
  }

  void attributeU8(int type, int value) {
    int start = open(type);
    out.put((byte) value);
    closeNested(start);
  }

  void attributeU16InNetworkOrder(int type, int value) {
    int start = open(type);
    out.put((byte) (value >>> 8)).put((byte) value);
    closeNested(start);
  }

  void attributeU32InNetworkOrder(int type, int value) {
    open(type);
    putInNetworkOrder(value);
    out.putShort(out.position() - 8, (short) 8);
  }

  /** An IPv6 address in two words. */
  void attributeU128InNetworkOrder(int type, long high, long low) {
    open(type);
    putInNetworkOrder((int) (high >>> 32));
    putInNetworkOrder((int) high);
    putInNetworkOrder((int) (low >>> 32));
    putInNetworkOrder((int) low);
    out.putShort(out.position() - 20, (short) 20);
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
    return open(type | NESTED);
  }

  void closeNested(int start) {
    out.putShort(start, (short) (out.position() - start));
    pad(start);
  }

  private int open(int type) {
    int start = out.position();
    out.putShort((short) 0).putShort((short) type);
    return start;
  }

  private void putInNetworkOrder(int value) {
    boolean swap = out.order() != ByteOrder.BIG_ENDIAN;
    out.putInt(swap ? Integer.reverseBytes(value) : value);
  }

  private void pad(int start) {
    while (((out.position() - start) & 3) != 0) {
      out.put((byte) 0);
    }
  }
}
