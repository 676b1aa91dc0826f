package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Any members of IP sets. */
final class EntryGenerator {
  private static final int[] PROTOCOLS = {6, 17, 132, 136};

  private final Random random;

  EntryGenerator(Random random) {
    this.random = random;
  }

  /** A network or a port of either family. */
  IpSetEntry next() {
    IpVersion version = random.nextBoolean() ? IpVersion.V4 : IpVersion.V6;
    return random.nextBoolean() ? port(version) : net(version);
  }

  /** Ports that differ. */
  List<IpSetEntry> distinct(IpVersion version, int count) {
    var entries = new ArrayList<IpSetEntry>();
    var texts = new HashSet<String>();
    while (entries.size() < count) {
      IpSetEntry entry = port(version);
      if (texts.add(entry.toString())) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private IpSetEntry net(IpVersion version) {
    Ip ip = address(version).masked(1 + random.nextInt(version.bits()));
    int prefix = version.bits() - random.nextInt(8);
    var entry = new IpSetEntry();
    entry.setNet(version, ip.masked(prefix).high(), ip.masked(prefix).low(), prefix);
    return entry;
  }

  private IpSetEntry port(IpVersion version) {
    Ip ip = address(version);
    int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    var entry = new IpSetEntry();
    entry.setPort(version, ip.high(), ip.low(), protocol, random.nextInt(1 << 16));
    return entry;
  }

  private Ip address(IpVersion version) {
    var bytes = new byte[version.bits() / 8];
    random.nextBytes(bytes);
    return Ip.ofBytes(bytes);
  }
}
