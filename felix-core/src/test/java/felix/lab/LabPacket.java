package felix.lab;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the lab reads from a packet that came in: enough to know which probe it was. Addresses are
 * canonical text.
 *
 * @param dscp the differentiated services code point
 */
record LabPacket(String from, String to, int protocol, int ident, int dscp) {
  /** Packets leave with more; what a kernel answers starts at 64. */
  private static final int LEAST_TTL = 65;

  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  /** One of the lab's own packets; null for all others. */
  static @Nullable LabPacket of(byte[] ip) {
    if (ip.length >= IPV6_HEADER && ip[0] >> 4 == 6) {
      return (ip[7] & 0xff) < LEAST_TTL
          ? null
          : new LabPacket(
              address(ip, 8, 24),
              address(ip, 24, 40),
              ip[6] & 0xff,
              ByteBuffer.wrap(ip).getInt() & 0xfffff,
              (ByteBuffer.wrap(ip).getShort() & 0xfff) >> 6);
    }
    if (ip.length < IPV4_HEADER || ip[0] >> 4 != 4 || (ip[8] & 0xff) < LEAST_TTL) {
      return null;
    }
    return new LabPacket(
        address(ip, 12, 16),
        address(ip, 16, 20),
        ip[9] & 0xff,
        ByteBuffer.wrap(ip).getShort(4) & 0xffff,
        (ip[1] & 0xff) >> 2);
  }

  private static String address(byte[] ip, int start, int end) {
    return Address.text(Arrays.copyOfRange(ip, start, end));
  }
}
