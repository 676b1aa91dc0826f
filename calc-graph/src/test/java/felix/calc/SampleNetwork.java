package felix.calc;

import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.MacAddress;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.ResourceUpdate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools, blocks and nodes for named cases. */
final class SampleNetwork {
  private SampleNetwork() {}

  static ResourceUpdate pool(String name, String cidr, Encapsulation encapsulation) {
    return SampleResources.put(
        new IpPoolKey(name), new IpPool(Cidr.parse(cidr), encapsulation, false, false));
  }

  static ResourceUpdate crossSubnetPool(String name, String cidr, Encapsulation encapsulation) {
    return SampleResources.put(
        new IpPoolKey(name), new IpPool(Cidr.parse(cidr), encapsulation, true, false));
  }

  static ResourceUpdate block(String cidr, @Nullable String host) {
    return block(cidr, host, Map.of());
  }

  static ResourceUpdate block(String cidr, @Nullable String host, Map<String, String> elsewhere) {
    var addresses = new HashMap<Ip, String>();
    elsewhere.forEach((ip, user) -> addresses.put(Ip.parse(ip), user));
    return SampleResources.put(blockKey(cidr), new IpamBlock(host, addresses));
  }

  static IpamBlockKey blockKey(String cidr) {
    return new IpamBlockKey(Cidr.parse(cidr));
  }

  /**
   * A node with addresses of /24 and /64.
   *
   * @param addresses one a family
   */
  static ResourceUpdate node(String name, String... addresses) {
    HostAddress v4 = null;
    HostAddress v6 = null;
    for (String address : addresses) {
      Ip ip = Ip.parse(address);
      switch (ip.version()) {
        case V4 -> v4 = new HostAddress(ip, 24);
        case V6 -> v6 = new HostAddress(ip, 64);
      }
    }
    return SampleResources.put(new NodeKey(name), new Node(v4, v6, null, null, null));
  }

  /**
   * A node with a tunnel address.
   *
   * @param mac null: none is recorded
   */
  static ResourceUpdate vxlanNode(
      String name, String address, String tunnelAddress, @Nullable String mac) {
    return SampleResources.put(
        new NodeKey(name),
        new Node(
            new HostAddress(Ip.parse(address), 24),
            null,
            null,
            Ip.parse(tunnelAddress),
            mac == null ? null : MacAddress.parse(mac)));
  }
}
