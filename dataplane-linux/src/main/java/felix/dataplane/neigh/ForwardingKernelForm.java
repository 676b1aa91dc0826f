package felix.dataplane.neigh;

import felix.dataplane.attached.AttachedKind;
import felix.dataplane.neigh.ForwardingKernelForm.LinkMac;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.model.Ip;
import felix.model.MacAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How entries of a VXLAN device's forwarding table look in the kernel. */
record ForwardingKernelForm(Predicate<String> ourInterface)
    implements AttachedKind<ForwardingKey, Ip, LinkMac, NeighbourMessage> {
  private static final int OWN = NeighbourMessage.FLAG_SELF;

  /** What the kernel tells entries apart by, but for flooding: one MAC is at one place only. */
  record LinkMac(int linkIndex, @Nullable MacAddress mac) {}

  @Override
  public String interfaceName(ForwardingKey key, Ip remote) {
    return key.interfaceName();
  }

  @Override
  public NeighbourMessage attach(ForwardingKey key, Ip remote, int linkIndex) {
    return new NeighbourMessage(
        NeighbourTable.FORWARDING,
        linkIndex,
        NeighbourMessage.STATE_PERMANENT,
        OWN,
        remote,
        key.mac());
  }

  @Override
  public @Nullable NeighbourMessage ofThisKind(RtnetlinkObject object) {
    return object instanceof NeighbourMessage entry && entry.table() == NeighbourTable.FORWARDING
        ? entry
        : null;
  }

  @Override
  public LinkMac key(NeighbourMessage entry) {
    return new LinkMac(entry.linkIndex(), entry.mac());
  }

  @Override
  public int linkIndex(NeighbourMessage entry) {
    return entry.linkIndex();
  }

  @Override
  public List<NeighbourMessage> list(Rtnetlink netlink) {
    return netlink.neighbours(NeighbourTable.FORWARDING);
  }

  @Override
  public boolean isOurs(NeighbourMessage entry, String interfaceName) {
    return ourInterface.test(interfaceName)
        && (entry.state() & NeighbourMessage.STATE_PERMANENT) != 0
        && (entry.flags() & OWN) != 0;
  }

  @Override
  public String describe(NeighbourMessage entry, String interfaceName) {
    return "fdb %s dev %s dst %s".formatted(entry.mac(), interfaceName, entry.address());
  }
}
