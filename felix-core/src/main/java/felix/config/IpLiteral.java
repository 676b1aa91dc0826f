package felix.config;

import java.net.Inet4Address;
import java.net.Inet6Address;

/** Addresses as text, without asking a name server. */
final class IpLiteral {
  private IpLiteral() {}

  /**
   * The text itself.
   *
   * @throws IllegalArgumentException if it is no IP address
   */
  static String check(String text) {
    if (text.indexOf(':') >= 0) {
      Inet6Address.ofLiteral(text);
    } else if (text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      Inet4Address.ofLiteral(text);
    } else {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
