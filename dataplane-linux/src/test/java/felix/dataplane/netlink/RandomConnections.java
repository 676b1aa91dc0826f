package felix.dataplane.netlink;

import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Random;

/** Tracked connections of a small world, so that many have an address in common. */
final class RandomConnections {
  private static final int[] PROTOCOLS = {6, 17, 132, 1, 47, 200};

  private final Random random;

  RandomConnections(Random random) {
    this.random = random;
  }

  ConntrackEntry next() {
    IpVersion version = random.nextBoolean() ? IpVersion.V4 : IpVersion.V6;
    int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    if (protocol == 1 && version == IpVersion.V6) {
      protocol = 58;
    }
    return new ConntrackEntry(
        tuple(version, protocol),
        tuple(version, protocol),
        random.nextInt(3) == 0 ? random.nextInt(1 << 16) : 0,
        random.nextInt(),
        random.nextInt());
  }

  static Ip address(IpVersion version, int last) {
    return switch (version) {
      case V4 -> Ip.parse("10.65.0." + last);
      case V6 -> Ip.parse("fd00::" + last);
    };
  }

  private ConntrackTuple tuple(IpVersion version, int protocol) {
    int zone = random.nextInt(4) == 0 ? random.nextInt(1 << 16) : 0;
    return new ConntrackTuple(
        address(version, 1 + random.nextInt(9)),
        address(version, 1 + random.nextInt(9)),
        protocol,
        detail(protocol),
        zone);
  }

  private Detail detail(int protocol) {
    return switch (protocol) {
      case 6, 17, 132, 47 -> new Detail.Ports(random.nextInt(1 << 16), random.nextInt(1 << 16));
      case 1, 58 ->
          new Detail.Icmp(random.nextInt(256), random.nextInt(256), random.nextInt(1 << 16));
      default -> Detail.NONE;
    };
  }
}
