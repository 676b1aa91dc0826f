package felix.dataplane.netlink;

import felix.model.Cidr;
import felix.model.Ip;
import java.util.List;

/** Members of IP sets from values. */
record EntryList(List<IpSetEntry> entries) implements IpSetRequest.Entries {
  @Override
  public int count() {
    return entries.size();
  }

  @Override
  public void read(int index, IpSetEntry into) {
    IpSetEntry entry = entries.get(index);
    if (entry.hasPort()) {
      into.setPort(entry.version(), entry.high(), entry.low(), entry.protocol(), entry.port());
    } else {
      into.setNet(entry.version(), entry.high(), entry.low(), entry.prefixLength());
    }
  }

  /** A network by its text; also one of all addresses, which the kernel refuses. */
  static IpSetEntry net(String text) {
    Cidr cidr = Cidr.parse(text);
    var entry = new IpSetEntry();
    Ip ip = cidr.address();
    entry.setNet(ip.version(), ip.high(), ip.low(), cidr.prefixLength());
    return entry;
  }

  static IpSetEntry port(String address, int protocol, int port) {
    Ip ip = Ip.parse(address);
    var entry = new IpSetEntry();
    entry.setPort(ip.version(), ip.high(), ip.low(), protocol, port);
    return entry;
  }
}
