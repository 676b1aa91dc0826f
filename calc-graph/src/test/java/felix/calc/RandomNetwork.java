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
import felix.model.Resource;
import felix.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random pools, blocks and nodes: pools with the same network and within each other, blocks that
 * overlap, lent addresses, hosts that have the same addresses, are in two subnets or say nothing.
 */
final class RandomNetwork {
  /** Before and after this host in the alphabet. */
  static final List<String> OTHER_HOSTS = List.of("aside", "far", "there");

  static final List<ResourceKey> KEYS = keys();

  private static final List<String> HOSTS =
      Stream.concat(Stream.of(RandomWorld.HERE), OTHER_HOSTS.stream()).toList();
  private static final List<Cidr> POOLS =
      cidrs(
          "10.0.0.0/8",
          "10.0.0.0/29",
          "10.0.0.0/31",
          "10.0.0.2",
          "0.0.0.0/0",
          "fd00::/64",
          "fd00::/127",
          "::/0");
  private static final List<Ip> ADDRESSES =
      Stream.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1", "fd00::2").map(Ip::parse).toList();
  private static final List<HostAddress> V4 =
      List.of(
          host("192.168.0.1", 24),
          host("192.168.0.2", 24),
          host("192.168.0.2", 31),
          host("192.168.1.1", 24),
          host("192.168.1.1", 16));
  private static final List<HostAddress> V6 =
      List.of(host("fd01::1", 64), host("fd01::2", 64), host("fd02::1", 64), host("fd02::1", 8));
  private static final List<Ip> TUNNELS =
      Stream.of("10.0.0.0", "10.0.0.4", "10.0.0.5").map(Ip::parse).toList();

  private final Random random;

  RandomNetwork(Random random) {
    this.random = random;
  }

  Resource resource(ResourceKey key) {
    return switch (key) {
      case IpamBlockKey(Cidr cidr) -> block(cidr);
      case IpPoolKey _ ->
          new IpPool(
              pick(POOLS),
              pick(List.of(Encapsulation.values())),
              random.nextBoolean(),
              random.nextBoolean());
      case NodeKey _ -> node();
      default -> throw new IllegalArgumentException("not of the network: " + key);
    };
  }

  /** The first, with at most one part of the second. */
  Resource blend(Resource before, Resource after) {
    int part = random.nextInt(6);
    return switch (before) {
      case IpPool a -> {
        var b = (IpPool) after;
        yield new IpPool(
            part == 0 ? b.cidr() : a.cidr(),
            part == 1 ? b.encapsulation() : a.encapsulation(),
            part == 2 ? b.crossSubnet() : a.crossSubnet(),
            part == 3 ? b.natOutgoing() : a.natOutgoing());
      }
      case IpamBlock a -> {
        var b = (IpamBlock) after;
        yield new IpamBlock(
            part < 2 ? b.host() : a.host(), part == 2 || part == 3 ? b.elsewhere() : a.elsewhere());
      }
      case Node a -> {
        var b = (Node) after;
        yield new Node(
            part == 0 || part == 1 ? b.ipv4() : a.ipv4(),
            part == 2 ? b.ipv6() : a.ipv6(),
            part == 3 ? b.ipipTunnelAddress() : a.ipipTunnelAddress(),
            part == 4 ? b.vxlanTunnelAddress() : a.vxlanTunnelAddress(),
            part == 5 ? b.vxlanTunnelMac() : a.vxlanTunnelMac());
      }
      default -> throw new IllegalArgumentException("not of the network: " + before);
    };
  }

  private IpamBlock block(Cidr cidr) {
    var elsewhere = new HashMap<Ip, String>();
    for (Ip ip : ADDRESSES) {
      if (cidr.contains(ip) && random.nextInt(3) == 0) {
        elsewhere.put(ip, pick(HOSTS));
      }
    }
    return new IpamBlock(orNothing(HOSTS), elsewhere);
  }

  private Node node() {
    return new Node(
        orNothing(V4),
        orNothing(V6),
        orNothing(TUNNELS),
        orNothing(TUNNELS),
        random.nextBoolean() ? null : new MacAddress(0x020000000000L + random.nextInt(2)));
  }

  private <T> @Nullable T orNothing(List<T> list) {
    return random.nextInt(5) == 0 ? null : pick(list);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<ResourceKey> keys() {
    var keys = new ArrayList<ResourceKey>();
    for (String pool : List.of("a", "b", "c", "d", "e")) {
      keys.add(new IpPoolKey(pool));
    }
    for (Cidr block :
        cidrs("10.0.0.0/29", "10.0.0.0/30", "10.0.0.2/31", "10.0.0.2", "fd00::/126", "fd00::1")) {
      keys.add(new IpamBlockKey(block));
    }
    // Of this host as often as of all others.
    for (String host : OTHER_HOSTS) {
      keys.add(new NodeKey(host));
      keys.add(new NodeKey(RandomWorld.HERE));
    }
    return List.copyOf(keys);
  }

  private static List<Cidr> cidrs(String... texts) {
    return Stream.of(texts).map(Cidr::parse).toList();
  }

  private static HostAddress host(String ip, int prefixLength) {
    return new HostAddress(Ip.parse(ip), prefixLength);
  }
}
