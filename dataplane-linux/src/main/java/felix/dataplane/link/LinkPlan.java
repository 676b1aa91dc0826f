package felix.dataplane.link;

import felix.dataplane.link.LinkWish.Wanted;
import felix.dataplane.link.Tunnel.IpIp;
import felix.dataplane.link.Tunnel.Vxlan;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.AddressMessage.Others;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.Request;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.VxlanParameters;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.model.Ip;
import felix.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to one wanted device. Pure. A device that is made has nothing else done to it
 * before it is looked at again, for the kernel numbers it.
 */
final class LinkPlan {
  private final String name;
  private final Wanted wanted;
  private final Snapshot snapshot;
  private final List<Repair> repairs = new ArrayList<>();

  private LinkPlan(String name, Wanted wanted, Snapshot snapshot) {
    this.name = name;
    this.wanted = wanted;
    this.snapshot = snapshot;
  }

  /**
   * What is to be done, in this order.
   *
   * @param changesInPlace false if this kernel was found not to change what others can
   */
  static List<Repair> of(String name, Wanted wanted, Snapshot snapshot, boolean changesInPlace) {
    var plan = new LinkPlan(name, wanted, snapshot);
    switch (wanted.tunnel()) {
      case Vxlan vxlan -> plan.vxlan(vxlan, changesInPlace);
      case IpIp ipip -> plan.ipip();
    }
    return plan.repairs;
  }

  /** Whether it cannot be made before something else is there. */
  static boolean waits(Wanted wanted, Snapshot snapshot) {
    return switch (wanted.tunnel()) {
      case Vxlan vxlan -> snapshot.named(vxlan.parentName()) == null;
      case IpIp ipip -> false;
    };
  }

  private void vxlan(Vxlan vxlan, boolean changesInPlace) {
    LinkMessage parent = snapshot.named(vxlan.parentName());
    if (parent == null) {
      return;
    }
    var parameters =
        new VxlanParameters(
            vxlan.vni(), vxlan.port(), vxlan.local(), parent.index(), Learning.NONE);
    LinkMessage held = snapshot.named(name);
    String wrong = held == null ? "there is none" : wrong(held, parameters, changesInPlace);
    if (held == null || wrong != null) {
      make(held, String.valueOf(wrong), parameters);
      return;
    }
    changeParameters(held, parameters);
    changeMac(held);
    setMtu(held);
    if (snapshot.offloading().contains(name)) {
      repairs.add(new Repair.ChecksumOff("leave no checksums of " + name + " to others", name));
    }
    setAddress(held);
    setUp(held);
  }

  /** A device of another kind with this name does as well: v3.14 does not look either. */
  private void ipip() {
    LinkMessage held = snapshot.named(name);
    if (held == null) {
      String kind = "ipip";
      var made = new LinkMessage(0, name, 0, LinkSettings.ofKind(kind));
      repairs.add(
          new Repair.Make(
              "make " + name + " (IPIP)", kind, "there is none", List.of(request(made))));
      return;
    }
    setMtu(held);
    setAddress(held);
    setUp(held);
  }

  private @Nullable String wrong(
      LinkMessage held, VxlanParameters parameters, boolean changesInPlace) {
    String unchangeable = VxlanDifference.unchangeable(held, parameters);
    if (unchangeable != null || changesInPlace) {
      return unchangeable;
    }
    String changeable = VxlanDifference.changeable(held, parameters);
    return changeable == null && hasWrongMac(held) ? "it has another MAC" : changeable;
  }

  private void make(@Nullable LinkMessage old, String why, VxlanParameters parameters) {
    String what =
        "make %s (VXLAN %d, port %d, from %s through link #%d)"
            .formatted(
                name,
                parameters.vni(),
                parameters.port(),
                parameters.local(),
                parameters.parentIndex());
    String kind = "vxlan";
    var settings = new LinkSettings(kind, wanted.mtuBytes(), wanted.mac(), 0, 0);
    var requests = new ArrayList<Request>();
    if (old != null) {
      requests.add(new Request(Operation.DELETE, old));
    }
    requests.add(request(new LinkMessage(0, name, 0, settings, parameters)));
    repairs.add(new Repair.Make(what, kind, why, requests));
  }

  private void changeParameters(LinkMessage held, VxlanParameters wantedNow) {
    String difference = VxlanDifference.changeable(held, wantedNow);
    if (difference != null) {
      var change =
          new VxlanParameters(
              wantedNow.vni(), 0, wantedNow.local(), wantedNow.parentIndex(), Learning.NONE);
      String what =
          "have %s send from %s through link #%d without learning"
              .formatted(name, change.local(), change.parentIndex());
      changeLink(what, held, LinkSettings.ofKind("vxlan"), change, true);
    }
  }

  private void changeMac(LinkMessage held) {
    MacAddress mac = wanted.mac();
    if (hasWrongMac(held)) {
      changeLink(
          "set the MAC of " + name + " to " + mac,
          held,
          new LinkSettings(null, 0, mac, 0, 0),
          null,
          true);
    }
  }

  private boolean hasWrongMac(LinkMessage held) {
    MacAddress mac = wanted.mac();
    return mac != null && !mac.equals(held.settings().mac());
  }

  private void setMtu(LinkMessage held) {
    int mtu = wanted.mtuBytes();
    if (mtu != 0 && mtu != held.settings().mtuBytes()) {
      changeLink(
          "set the MTU of " + name + " to " + mtu,
          held,
          new LinkSettings(null, mtu, null, 0, 0),
          null,
          false);
    }
  }

  private void setUp(LinkMessage held) {
    if (!held.isUp()) {
      change(
          "set " + name + " up",
          new LinkMessage(held.index(), "", LinkMessage.FLAG_UP, LinkSettings.NONE),
          false);
    }
  }

  /**
   * The new address comes before the old one goes: without any, the kernel would forget all routes
   * and neighbours of the device.
   */
  private void setAddress(LinkMessage held) {
    Ip address = wanted.address();
    List<AddressMessage> present = snapshot.addressesOf(held);
    if (address != null && present.stream().noneMatch(other -> isWanted(other, address))) {
      changeAddress("add " + address + " to " + name, Operation.ADD, address(held, address));
    }
    for (AddressMessage other : present) {
      if (address == null || !isWanted(other, address)) {
        changeAddress(
            "remove " + other.address() + "/" + other.prefixLength() + " from " + name,
            Operation.DELETE,
            other);
      }
    }
  }

  /** Others may have set it without a broadcast address; that makes no difference to packets. */
  private static boolean isWanted(AddressMessage held, Ip address) {
    return held.address().equals(address)
        && held.prefixLength() == address.version().bits()
        && held.others().farEnd() == null;
  }

  /** With itself as broadcast address, as v3.14 has it. */
  private static AddressMessage address(LinkMessage link, Ip address) {
    return new AddressMessage(
        link.index(), address, address.version().bits(), 0, new Others(address, null));
  }

  private void changeAddress(String what, Operation operation, AddressMessage address) {
    repairs.add(new Repair.Change(what, name, new Request(operation, address), false));
  }

  /** Says whether it is up, too: a request without that would set the link down. */
  private void changeLink(
      String what,
      LinkMessage held,
      LinkSettings settings,
      @Nullable VxlanParameters vxlan,
      boolean elseMakeAnew) {
    int flags = held.flags() & LinkMessage.FLAG_UP;
    change(what, new LinkMessage(held.index(), "", flags, settings, vxlan), elseMakeAnew);
  }

  private void change(String what, LinkMessage change, boolean elseMakeAnew) {
    repairs.add(new Repair.Change(what, name, new Request(Operation.CHANGE, change), elseMakeAnew));
  }

  private static Request request(LinkMessage made) {
    return new Request(Operation.ADD, made);
  }
}
