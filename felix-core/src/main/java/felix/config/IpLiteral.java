package felix.config;

import java.net.Inet4Address;
import java.net.Inet6Address;

/** Addresses as text, without asking a name server. */
final class IpLiteral {
  private IpLiteral() {}

  /**
   * The address as the JDK writes it.
   *
   * @throws IllegalArgumentException if it is no IPv4 address of four decimal numbers
   */
  static String checkV4(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      throw new IllegalArgumentException(text);
    }
    return Inet4Address.ofLiteral(text).getHostAddress();
  }

  /**
   * Likewise for IPv6.
   *
   * @throws IllegalArgumentException if it is no IPv6 address, or one with a zone
   */
  static String checkV6(String text) {
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException(text);
    }
    return Inet6Address.ofLiteral(text).getHostAddress();
  }
}
