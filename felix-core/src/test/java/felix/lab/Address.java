package felix.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as the lab writes them: text, IPv4 or IPv6. */
final class Address {
  private Address() {}

  static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0;
  }

  static byte[] bytes(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      throw new LabException("no address: " + text, e);
    }
  }

  /** Canonical text of 4 or 16 bytes, equal to that of {@link #canonical}. */
  static String text(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new LabException("no address of " + bytes.length + " bytes", e);
    }
  }

  static String canonical(String text) {
    return text(bytes(text));
  }

  /** The IPv6 address that the lab uses beside an IPv4 one. */
  static String ipv6Like(String ipv4) {
    return "fd00:64::" + ipv4;
  }

  static byte[] mac(String text) {
    var mac = new byte[6];
    var parts = text.split(":", -1);
    for (int i = 0; i < mac.length; i++) {
      mac[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    return mac;
  }
}
