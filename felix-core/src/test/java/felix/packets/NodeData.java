package felix.packets;

/**
 * What etcd says of a node.
 *
 * @param address with the length of its subnet's prefix
 * @param tunnelIp of both kinds of tunnel
 */
record NodeData(String name, String address, String tunnelIp, String mac) {
  /** Node n as the lab makes it. */
  static NodeData of(int number, String ip) {
    return new NodeData(
        "node" + number,
        ip + "/24",
        "172.29.%d.0".formatted(number),
        "66:d2:61:74:48:%02x".formatted(number));
  }

  NodeData withAddress(String other) {
    return new NodeData(name, other, tunnelIp, mac);
  }

  NodeData withTunnelIp(String other) {
    return new NodeData(name, address, other, mac);
  }

  NodeData withMac(String other) {
    return new NodeData(name, address, tunnelIp, other);
  }

  /** The address without its prefix length. */
  String ip() {
    return address.substring(0, address.indexOf('/'));
  }

  Resource resource() {
    return Resource.node(
        name,
        """
        "bgp": {"ipv4Address": "%1$s", "ipv4IPIPTunnelAddr": "%2$s"}, "ipv4VXLANTunnelAddr": "%2$s", "vxlanTunnelMACAddr": "%3$s"
        """
            .formatted(address, tunnelIp, mac));
  }
}
