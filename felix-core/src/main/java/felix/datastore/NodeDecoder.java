package felix.datastore;

import felix.model.Cidr;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;

/**
 * Node. Each field counts for itself, as in Felix; one that the kernel would refuse, as a gateway
 * or on a tunnel, is as good as absent.
 */
final class NodeDecoder {
  private NodeDecoder() {}

  static Node decode(Json node, LeftOut leftOut) {
    Json spec = node.get("spec");
    Json bgp = spec.get("bgp");
    return new Node(
        leftOut.read(() -> bgp.get("ipv4Address"), text -> hostAddress(text, IpVersion.V4)),
        leftOut.read(() -> bgp.get("ipv6Address"), text -> hostAddress(text, IpVersion.V6)),
        leftOut.read(() -> bgp.get("ipv4IPIPTunnelAddr"), NodeDecoder::tunnelAddress),
        leftOut.read(() -> spec.get("ipv4VXLANTunnelAddr"), NodeDecoder::tunnelAddress),
        leftOut.read(() -> spec.get("vxlanTunnelMACAddr"), NodeDecoder::tunnelMac));
  }

  /** With the length of the subnet's prefix, or without. */
  private static HostAddress hostAddress(String text, IpVersion version) {
    int length = Cidr.parse(text).prefixLength();
    int slash = text.indexOf('/');
    Ip ip = Ip.parse(slash < 0 ? text : text.substring(0, slash));
    return new HostAddress(unicast(ip, version), length);
  }

  private static Ip tunnelAddress(String text) {
    return unicast(Ip.parse(text), IpVersion.V4);
  }

  /** All zero is, in a forwarding database, where everything goes that is not known. */
  private static MacAddress tunnelMac(String text) {
    MacAddress mac = MacText.parse(text);
    boolean group = (mac.toBytes()[0] & 1) != 0;
    if (group || mac.value() == 0) {
      throw new IllegalArgumentException("not the address of one device: " + mac);
    }
    return mac;
  }

  private static Ip unicast(Ip ip, IpVersion version) {
    if (ip.version() != version || !isUnicast(ip)) {
      throw new IllegalArgumentException(
          "not an %s address of a host: %s"
              .formatted(version == IpVersion.V4 ? "IPv4" : "IPv6", ip));
    }
    return ip;
  }

  private static boolean isUnicast(Ip ip) {
    return switch (ip.version()) {
      case V4 -> {
        long first = ip.low() >>> 24;
        yield first != 0 && first != 127 && first < 224;
      }
      case V6 -> {
        boolean unspecifiedOrLoopback = ip.high() == 0 && (ip.low() == 0 || ip.low() == 1);
        yield !unspecifiedOrLoopback && ip.high() >>> 56 != 0xff;
      }
    };
  }
}
