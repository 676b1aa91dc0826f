package felix.dataplane.sysctl;

import felix.model.IpVersion;
import java.util.Map;

/** A setting that the kernel keeps for every interface, under {@code /proc/sys/net}. */
public enum InterfaceSysctl {
  /** Whether packets to 127.0.0.0/8 may come or go here; needed to NAT to this host. */
  ROUTE_LOCALNET("ipv4/conf", "route_localnet"),

  /** How long to wait before answering for others, in the kernel's ticks. */
  PROXY_DELAY("ipv4/neigh", "proxy_delay"),

  /** Whether this host answers for every address that it has a route to. */
  PROXY_ARP("ipv4/conf", "proxy_arp"),

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

  /** The folder that has one folder for every interface. */
  String folder() {
    return folder;
  }

  String file() {
    return file;
  }
}
