package felix.lab;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 packet as it was on the wire. Addresses are canonical text.
 *
 * @param toPort destination port of UDP and TCP; 0 of others
 * @param inner what is in a packet between nodes; null if the packet is none
 */
public record WireFrame(
    String from, String to, int protocol, int fromPort, int toPort, @Nullable Inner inner) {
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");
  private static final int ETHERNET_HEADER = 14;
  private static final int IPV4_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int VXLAN_HEADER = 8;

  /**
   * The packet inside of a tunnel.
   *
   * @param vxlan the VXLAN header and the inner MAC addresses; null under IPIP
   */
  public record Inner(String from, String to, @Nullable Vxlan vxlan) {}

  /**
   * What VXLAN puts between the outer and the inner IP header.
   *
   * @param flags the first 32 bits of the header
   */
  public record Vxlan(int flags, int vni, String fromMac, String toMac) {}

  /** Whether it is a packet from node to node with another inside. */
  public boolean isTunnelled() {
    return inner != null;
  }

  /** Whether a packet between two addresses is on its way here, in a tunnel or not. */
  public boolean carries(String sender, String receiver) {
    return inner == null
        ? from.equals(sender) && to.equals(receiver)
        : inner.from().equals(sender) && inner.to().equals(receiver);
  }

  /** The packet in an Ethernet frame; null if it is not IPv4. */
  static @Nullable WireFrame of(byte[] frame) {
    if (frame.length < ETHERNET_HEADER + IPV4_HEADER || frame[12] != 8 || frame[13] != 0) {
      return null;
    }
    var ip = Arrays.copyOfRange(frame, ETHERNET_HEADER, frame.length);
    int protocol = ip[9] & 0xff;
    boolean ports = protocol == Probe.UDP || protocol == Probe.TCP;
    return new WireFrame(
        address(ip, 12),
        address(ip, 16),
        protocol,
        ports ? port(ip, IPV4_HEADER) : 0,
        ports ? port(ip, IPV4_HEADER + 2) : 0,
        inner(ip));
  }

  private static @Nullable Inner inner(byte[] ip) {
    if (ip[9] == Overlay.IPIP_PROTOCOL) {
      return new Inner(address(ip, IPV4_HEADER + 12), address(ip, IPV4_HEADER + 16), null);
    }
    int ethernet = IPV4_HEADER + UDP_HEADER + VXLAN_HEADER;
    int packet = ethernet + ETHERNET_HEADER;
    if (ip[9] != Probe.UDP
        || port(ip, IPV4_HEADER + 2) != Overlay.VXLAN_PORT
        || ip.length < packet + IPV4_HEADER) {
      return null;
    }
    var header = ByteBuffer.wrap(ip, IPV4_HEADER + UDP_HEADER, VXLAN_HEADER);
    var vxlan =
        new Vxlan(
            header.getInt(),
            header.getInt() >>> 8,
            MAC.formatHex(ip, ethernet + 6, ethernet + 12),
            MAC.formatHex(ip, ethernet, ethernet + 6));
    return new Inner(address(ip, packet + 12), address(ip, packet + 16), vxlan);
  }

  private static int port(byte[] ip, int offset) {
    return ByteBuffer.wrap(ip).getShort(offset) & 0xffff;
  }

  private static String address(byte[] ip, int offset) {
    return Address.text(Arrays.copyOfRange(ip, offset, offset + 4));
  }
}
