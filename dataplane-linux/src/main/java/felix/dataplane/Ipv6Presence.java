package felix.dataplane;

import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this host has what a dataplane for IPv6 needs; looked at once, at the start. */
final class Ipv6Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Ipv6Presence.class);

  private Ipv6Presence() {}

  /**
   * The settings, without IPv6 where the host has none, which is then said.
   *
   * @param sysctls {@code /proc/sys/net}
   * @param tools the programs for the tables of a family; throws if they are not installed
   */
  static DataplaneSettings settings(
      DataplaneSettings wanted, Path sysctls, Function<IpVersion, IptablesTools> tools) {
    var lack = wanted.ipv6Support() ? lack(sysctls, tools) : Optional.<String>empty();
    lack.ifPresent(
        what -> LOG.warn("Only IPv4 is programmed, though Ipv6Support is true: {}", what));
    return lack.isEmpty() ? wanted : wanted.withoutIpv6();
  }

  /** What is missing. */
  private static Optional<String> lack(Path sysctls, Function<IpVersion, IptablesTools> tools) {
    Path folder = sysctls.resolve("ipv6");
    if (!Files.isDirectory(folder)) {
      return Optional.of("the kernel has no IPv6, there is no " + folder);
    }
    try {
      LOG.debug("IPv6 tables by {}", tools.apply(IpVersion.V6));
      return Optional.empty();
    } catch (KernelException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
