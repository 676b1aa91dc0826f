package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedKind;
import felix.dataplane.neigh.NeighbourKernelForm.LinkAddress;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How neighbours look in the kernel. */
record NeighbourKernelForm(IpVersion version, Predicate<String> ourInterface)
    implements AttachedKind<NeighbourKey, MacAddress, LinkAddress, NeighbourMessage> {
  /** What the kernel tells neighbours apart by. */
  record LinkAddress(int linkIndex, @Nullable Ip address) {}

  @Override
  public String interfaceName(NeighbourKey key, MacAddress mac) {
    return key.interfaceName();
  }

  @Override
  public NeighbourMessage attach(NeighbourKey key, MacAddress mac, int linkIndex) {
    if (key.address().version() != version) {
      throw new IllegalArgumentException(key + " is no neighbour for " + version);
    }
    return new NeighbourMessage(
        table(), linkIndex, NeighbourMessage.STATE_PERMANENT, 0, key.address(), mac);
  }

  @Override
  public @Nullable NeighbourMessage ofThisKind(RtnetlinkObject object) {
    return object instanceof NeighbourMessage neighbour && neighbour.table() == table()
        ? neighbour
        : null;
  }

  @Override
  public LinkAddress key(NeighbourMessage neighbour) {
    return new LinkAddress(neighbour.linkIndex(), neighbour.address());
  }

  @Override
  public int linkIndex(NeighbourMessage neighbour) {
    return neighbour.linkIndex();
  }

  @Override
  public List<NeighbourMessage> list(Rtnetlink netlink) {
    return netlink.neighbours(table());
  }

  @Override
  public boolean isOurs(NeighbourMessage neighbour, String interfaceName) {
    return ourInterface.test(interfaceName)
        && (neighbour.state() & NeighbourMessage.STATE_PERMANENT) != 0
        && (neighbour.flags() & NeighbourMessage.FLAG_PROXY) == 0;
  }

  @Override
  public String describe(NeighbourMessage neighbour, String interfaceName) {
    return "neighbour " + neighbour.address() + " dev " + interfaceName;
  }

  private NeighbourTable table() {
    return switch (version) {
      case V4 -> NeighbourTable.ARP;
      case V6 -> NeighbourTable.NDP;
    };
  }
}
