package felix.dataplane.ipset;

import felix.dataplane.rules.IpSetNames;
import felix.model.IpVersion;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the kernel's sets are ours, by their names; also what versions long ago called them. */
final class Ownership {
  private static final Set<String> OLD_NAMES_V4 =
      Set.of("felix-masq-ipam-pools", "felix-all-ipam-pools");

  /**
   * Felix takes all that begins so. But every name that it or we ever gave has a colon or a dash,
   * {@code cali40s:...} or {@code cali40all-hosts-net}, or is a temporary one, {@code cali4t12}.
   */
  private static final Pattern REST = Pattern.compile(".*[:-].*|t[0-9a-f]+");

  private Ownership() {}

  static boolean isOurs(IpVersion version, String name) {
    return isNamedAsNow(IpSetNames.prefix(version), name)
        || name.startsWith("felix-" + version.number())
        || (version == IpVersion.V4 && OLD_NAMES_V4.contains(name));
  }

  private static boolean isNamedAsNow(String prefix, String name) {
    return name.startsWith(prefix) && REST.matcher(name.substring(prefix.length())).matches();
  }
}
