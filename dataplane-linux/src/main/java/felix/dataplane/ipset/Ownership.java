package felix.dataplane.ipset;

import felix.dataplane.rules.IpSetNames;
import felix.model.IpVersion;
import java.util.Set;

/** Which of the kernel's sets are ours, by their names; also what versions long ago called them. */
final class Ownership {
  private static final Set<String> OLD_NAMES_V4 =
      Set.of("felix-masq-ipam-pools", "felix-all-ipam-pools");

  private Ownership() {}

  static boolean isOurs(IpVersion version, String name) {
    return isNamedAsNow(IpSetNames.prefix(version), name)
        || name.startsWith("felix-" + version.number())
        || (version == IpVersion.V4 && OLD_NAMES_V4.contains(name));
  }

  /**
   * Felix takes all that begins so. But every name that it or we ever gave has a colon or a dash,
   * {@code cali40s:...} or {@code cali40all-hosts-net}, or is a temporary one, {@code cali4t12}.
   */
  private static boolean isNamedAsNow(String prefix, String name) {
    if (!name.startsWith(prefix)) {
      return false;
    }
    return name.indexOf(':', prefix.length()) >= 0
        || name.indexOf('-', prefix.length()) >= 0
        || isTemporary(name, prefix.length());
  }

  private static boolean isTemporary(String name, int start) {
    return name.length() > start + 1
        && name.charAt(start) == 't'
        && name.chars().skip(start + 1L).allMatch(c -> Character.digit(c, 16) >= 0);
  }
}
