package felix.dataplane.link;

import felix.model.Ip;

/** What wraps packets between hosts, and what it must be made with. */
public sealed interface Tunnel {
  /**
   * Ethernet frames in UDP, to other hosts as the forwarding table says.
   *
   * @param local the address of this host that packets are sent from
   * @param parentName the interface that has this address
   * @param checksumOffload false: no checksum is left to hardware, or to the far end of the tunnel.
   *     True leaves that as it is: whoever switched it off by hand had reason to
   */
  record Vxlan(int vni, int port, Ip local, String parentName, boolean checksumOffload)
      implements Tunnel {}

  /** IPv4 in IPv4, to the gateway of each route. */
  record IpIp() implements Tunnel {}
}
