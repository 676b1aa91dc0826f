package felix.dataplane.rules;

import felix.delta.IpSetId;
import felix.model.IpVersion;

/** The kernel's names of IP sets. */
public final class IpSetNames {
  /** What the kernel takes: IPSET_MAXNAMELEN less its final zero. */
  private static final int MAX_LENGTH = 31;

  private IpSetNames() {}

  /** {@code cali40s:...} or {@code cali60s:...}, cut to what the kernel takes. */
  public static String kernelName(IpVersion version, IpSetId id) {
    String name = prefix(version) + "0" + id.value();
    return name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
  }

  /** What all names of the agent's sets of a family begin with. */
  public static String prefix(IpVersion version) {
    return "cali" + version.number();
  }
}
