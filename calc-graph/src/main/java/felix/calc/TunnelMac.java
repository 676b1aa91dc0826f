package felix.calc;

import static java.nio.charset.StandardCharsets.UTF_8;

import felix.model.MacAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The Ethernet address of {@code vxlan.calico} on a host for which none is recorded. As in Felix,
 * all hosts compute the same: 0x66, which marks it as locally administered, then the first five
 * bytes of the SHA-1 of the host's name.
 */
final class TunnelMac {
  private static final byte FIRST = 0x66;

  private TunnelMac() {}

  static MacAddress of(String host) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(host.getBytes(UTF_8));
      return MacAddress.ofBytes(new byte[] {FIRST, hash[0], hash[1], hash[2], hash[3], hash[4]});
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }
}
