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
    return name.startsWith(IpSetNames.prefix(version))
        || name.startsWith("felix-" + version.number())
        || (version == IpVersion.V4 && OLD_NAMES_V4.contains(name));
  }
}
