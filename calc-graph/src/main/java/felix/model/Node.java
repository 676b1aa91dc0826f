package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * A host of the cluster. What it does not say is null.
 *
 * @param ipv4 by which other hosts reach it
 * @param ipv6 likewise
 * @param ipipTunnelAddress of its {@code tunl0}
 * @param vxlanTunnelAddress of its {@code vxlan.calico}
 * @param vxlanTunnelMac likewise
 */
public record Node(
    @Nullable HostAddress ipv4,
    @Nullable HostAddress ipv6,
    @Nullable Ip ipipTunnelAddress,
    @Nullable Ip vxlanTunnelAddress,
    @Nullable MacAddress vxlanTunnelMac)
    implements Resource {
  /** Its address of a family. */
  public @Nullable HostAddress address(IpVersion version) {
    return switch (version) {
      case V4 -> ipv4;
      case V6 -> ipv6;
    };
  }
}
