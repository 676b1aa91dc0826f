package felix.lab;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a node may put around a packet for another node. */
final class Encapsulation {
  private static final int IPV4_HEADER = 20;
  private static final int UDP = 17;
  private static final int VXLAN_PORT = 4789;

  /** UDP header, VXLAN header and the inner Ethernet header. */
  private static final int VXLAN_HEADERS = 8 + 8 + 14;

  private Encapsulation() {}

  /** The packet inside of a VXLAN packet; any other packet as it is. */
  static byte[] takenOff(byte[] ip) {
    if (ip.length > 2 * IPV4_HEADER + VXLAN_HEADERS
        && ip[0] == 0x45
        && ip[9] == UDP
        && ByteBuffer.wrap(ip).getShort(IPV4_HEADER + 2) == VXLAN_PORT) {
      return Arrays.copyOfRange(ip, IPV4_HEADER + VXLAN_HEADERS, ip.length);
    }
    return ip;
  }
}
