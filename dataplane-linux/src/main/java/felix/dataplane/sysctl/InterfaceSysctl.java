package felix.dataplane.sysctl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A setting that the kernel keeps for every interface, under {@code /proc/sys/net}. */
public enum InterfaceSysctl {
  /** Whether packets to 127.0.0.0/8 may come or go here; needed to NAT to this host. */
  ROUTE_LOCALNET("ipv4/conf", "route_localnet"),

  /** How long to wait before answering for others, in the kernel's ticks. */
  PROXY_DELAY("ipv4/neigh", "proxy_delay"),

  /** Whether this host answers for every address that it has a route to. */
  PROXY_ARP("ipv4/conf", "proxy_arp"),

  /** How strictly the sources of packets that come from here are looked at; 0 for not at all. */
  RP_FILTER("ipv4/conf", "rp_filter"),

  /** Whether packets that come from here are forwarded. */
  FORWARDING_V4("ipv4/conf", "forwarding"),

  /** The same as {@link #PROXY_ARP}, for addresses that are listed. */
  PROXY_NDP("ipv6/conf", "proxy_ndp"),

  /** The same as {@link #FORWARDING_V4}. */
  FORWARDING_V6("ipv6/conf", "forwarding");

  private final String folder;
  private final String file;

  InterfaceSysctl(String folder, String file) {
    this.folder = folder;
    this.file = file;
  }

  /** What workloads' interfaces need. */
  public static Map<InterfaceSysctl, String> forWorkloads(IpVersion version) {
    return switch (version) {
      case V4 -> Map.of(ROUTE_LOCALNET, "1", PROXY_DELAY, "0", PROXY_ARP, "1", FORWARDING_V4, "1");
      case V6 -> Map.of(PROXY_NDP, "1", FORWARDING_V6, "1");
    };
  }

  /**
   * What it is now.
   *
   * @param interfaceName {@code default} for interfaces to come, {@code all}, or one that is there
   * @param root {@code /proc/sys/net}
   * @return empty where the kernel does not say
   */
  public Optional<String> of(String interfaceName, Path root) {
    try {
      Path path = root.resolve(folder).resolve(interfaceName).resolve(file);
      return Optional.of(Files.readString(path, US_ASCII).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder that has one folder for every interface. */
  String folder() {
    return folder;
  }

  String file() {
    return file;
  }
}
