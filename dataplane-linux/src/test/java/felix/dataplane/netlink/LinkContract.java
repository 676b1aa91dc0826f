package felix.dataplane.netlink;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static felix.dataplane.netlink.Samples.neighbour;
import static felix.dataplane.netlink.Samples.replace;
import static felix.dataplane.netlink.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.AddressMessage.Others;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.dataplane.reconcile.KernelException;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is relied on of tunnel links and their addresses, of the kernel and of the fake one alike.
 */
abstract class LinkContract {
  private static final MacAddress MAC = MacAddress.parse("66:d2:61:74:48:01");
  private static final MacAddress OTHER_MAC = MacAddress.parse("66:d2:61:74:48:99");
  private static final Ip LOCAL = Ip.parse("10.65.0.1");
  private static final Ip OTHER_LOCAL = Ip.parse("10.65.0.2");

  private Lab lab;
  private Rtnetlink netlink;
  private int eth8;
  private int eth9;

  abstract Lab lab();

  @BeforeEach
  void twoParents() {
    lab = lab();
    netlink = lab.netlink().connect();
    eth8 = lab.addLink("eth8");
    eth9 = lab.addLink("eth9");
    lab.up("eth8");
    lab.up("eth9");
  }

  @AfterEach
  void close() {
    netlink.links().stream()
        .filter(link -> link.vxlan() != null)
        .forEach(link -> netlink.execute(List.of(delete(link))));
    netlink.close();
    lab.close();
  }

  @Test
  void vxlanIsListedAsItWasMade() {
    assertThat(refusals(add(vxlan("vx1", 4096, 4789)))).isEmpty();

    LinkMessage made = named("vx1");
    assertThat(made.isUp()).isFalse();
    assertThat(made.settings()).isEqualTo(new LinkSettings("vxlan", 1450, MAC, 0, 0));
    assertThat(made.vxlan()).isEqualTo(new VxlanParameters(4096, 4789, LOCAL, eth9, Learning.NONE));
  }

  @Test
  void vxlanOfEveryParameter() {
    Ip group = Ip.parse("239.1.1.1");
    var odd = new VxlanParameters(7, 4790, null, eth8, new Learning(true, true, true, group));

    assertThat(refusals(add(vxlan("vx1", odd)))).isEmpty();
    assertThat(named("vx1").vxlan()).isEqualTo(odd);
  }

  @Test
  void vxlanNeedsItsParent() {
    var orphan = new VxlanParameters(4096, 4789, LOCAL, 9_999, Learning.NONE);

    assertThat(refusals(add(vxlan("vx1", orphan)))).containsExactly(Errno.ENODEV);
  }

  @Test
  void vxlansOfOneVniAndPortExcludeEachOther() {
    var another = new VxlanParameters(4096, 4789, OTHER_LOCAL, eth8, Learning.NONE);
    assertThat(refusals(add(vxlan("vx1", 4096, 4789)))).isEmpty();

    assertThat(refusals(add(vxlan("vx2", another)))).containsExactly(Errno.EEXIST);
    assertThat(refusals(add(vxlan("vx2", 4097, 4789)), add(vxlan("vx3", 4096, 4790)))).isEmpty();
  }

  @Test
  void nameIsTaken() {
    assertThat(refusals(add(vxlan("eth8", 4096, 4789)))).containsExactly(Errno.EEXIST);
  }

  @Test
  void kindMustBeKnown() {
    var odd = new LinkMessage(0, "odd1", 0, LinkSettings.ofKind("nosuchkind"));
    var none = new LinkMessage(0, "odd1", 0, LinkSettings.NONE);

    assertThat(refusals(add(odd), add(none))).containsExactly(Errno.EOPNOTSUPP, Errno.EOPNOTSUPP);
  }

  @Test
  void vxlanGoesWithItsParent() {
    netlink.execute(List.of(add(vxlan("vx1", 4096, 4789))));

    lab.delete("eth9");

    assertThat(netlink.links()).noneMatch(link -> link.name().equals("vx1"));
  }

  @Test
  void localAddressParentAndLearningChangeInPlace() {
    int index = madeAndUp("vx1");
    netlink.execute(List.of(add(route("10.99.0.0/24", index))));
    var change =
        new VxlanParameters(4096, 0, OTHER_LOCAL, eth8, new Learning(true, false, false, null));

    assertThat(refusals(change(index, LinkSettings.ofKind("vxlan"), change))).isEmpty();

    assertThat(named("vx1").vxlan())
        .isEqualTo(
            new VxlanParameters(
                4096, 4789, OTHER_LOCAL, eth8, new Learning(true, false, false, null)));
    assertThat(netlink.routes(IpVersion.V4)).contains(route("10.99.0.0/24", index));
  }

  @Test
  void allElseOfAVxlanCannotBeChanged() {
    int index = madeAndUp("vx1");
    LinkSettings kind = LinkSettings.ofKind("vxlan");

    assertThat(
            refusals(
                change(index, kind, new VxlanParameters(4097, 0, null, 0, Learning.NONE)),
                change(index, kind, new VxlanParameters(4096, 4789, null, 0, Learning.NONE)),
                change(index, kind, learning(new Learning(false, true, false, null))),
                change(index, kind, learning(new Learning(false, false, true, null))),
                change(eth8, kind, learning(Learning.NONE))))
        .hasSize(5)
        .containsOnly(Errno.EOPNOTSUPP);
    assertThat(
            refusals(change(index, kind, new VxlanParameters(4096, 0, null, 9_999, Learning.NONE))))
        .containsExactly(Errno.ENODEV);
  }

  @Test
  void macAndMtuChangeWhileItIsUp() {
    int index = madeAndUp("vx1");
    netlink.execute(List.of(add(route("10.99.0.0/24", index))));

    assertThat(refusals(change(index, new LinkSettings(null, 1400, OTHER_MAC, 0, 0), null)))
        .isEmpty();

    assertThat(named("vx1").settings()).isEqualTo(new LinkSettings("vxlan", 1400, OTHER_MAC, 0, 0));
    assertThat(netlink.routes(IpVersion.V4)).contains(route("10.99.0.0/24", index));
  }

  @Test
  void mtuIsBoundedByThatOfTheParent() {
    int index = madeAndUp("vx1");

    assertThat(refusals(change(index, mtu(1451), null))).containsExactly(Errno.EINVAL);
    assertThat(refusals(change(index, mtu(60), null))).containsExactly(Errno.EINVAL);
    var large = new LinkMessage(0, "vx2", 0, mtuOfKind(9_000), vxlan("vx2", 7, 4789).vxlan());
    assertThat(refusals(add(large))).isEmpty();
    assertThat(named("vx2").settings().mtuBytes()).isEqualTo(1450);
  }

  @Test
  void mtuMayStayAboveThatOfTheParent() {
    int index = madeAndUp("vx1");
    assertThat(refusals(change(eth9, mtu(1400), null))).isEmpty();

    assertThat(named("vx1").settings().mtuBytes()).isEqualTo(1450);
    assertThat(refusals(change(index, mtu(1450), null))).isEmpty();
    assertThat(refusals(change(index, mtu(1449), null))).containsExactly(Errno.EINVAL);
  }

  @Test
  void changeNeedsALinkAndReplaceNeedsNone() {
    assertThat(refusals(change(9_999, mtu(1400), null))).containsExactly(Errno.ENODEV);
    assertThat(refusals(replace(new LinkMessage(eth8, "", 1, mtu(1400)))))
        .containsExactly(Errno.EOPNOTSUPP);
    assertThat(refusals(delete(new LinkMessage(9_999, "", 0, LinkSettings.NONE))))
        .containsExactly(Errno.ENODEV);
  }

  @Test
  void deletedLinkTakesAllWithIt() {
    int index = madeAndUp("vx1");
    NeighbourMessage neighbour = neighbour("172.29.2.0", "66:d2:61:74:48:02", index);
    var address = new AddressMessage(index, Ip.parse("172.29.1.0"), 32, 0);
    assertThat(refusals(add(neighbour), add(address), add(route("10.99.0.0/24", index)))).isEmpty();

    assertThat(refusals(delete(named("vx1")))).isEmpty();

    assertThat(netlink.addresses()).noneMatch(it -> it.linkIndex() == index);
    assertThat(netlink.routes(IpVersion.V4)).noneMatch(it -> it.hop().linkIndex() == index);
    assertThat(netlink.neighbours(NeighbourTable.ARP)).noneMatch(it -> it.linkIndex() == index);
  }

  @Test
  void addressStaysWhenItsLinkGoesDown() {
    int index = madeAndUp("vx1");
    Ip own = Ip.parse("172.29.1.0");
    var address = new AddressMessage(index, own, 32, 0, new Others(own, null));
    assertThat(refusals(add(address))).isEmpty();

    lab.down("vx1");

    assertThat(netlink.addresses()).contains(address);
  }

  @Test
  void routesAndNeighboursGoWithTheLastAddress() {
    int index = madeAndUp("vx1");
    var one = new AddressMessage(index, Ip.parse("172.29.1.0"), 32, 0);
    var two = new AddressMessage(index, Ip.parse("172.29.1.1"), 32, 0);
    NeighbourMessage neighbour = neighbour("172.29.2.0", "66:d2:61:74:48:02", index);
    RouteMessage route = route("10.99.0.0/24", index);
    netlink.execute(List.of(add(one), add(two), add(neighbour), add(route)));

    netlink.execute(List.of(delete(one)));
    assertThat(netlink.routes(IpVersion.V4)).contains(route);
    assertThat(netlink.neighbours(NeighbourTable.ARP)).contains(neighbour);

    netlink.execute(List.of(delete(two)));
    assertThat(netlink.routes(IpVersion.V4)).doesNotContain(route);
    assertThat(netlink.neighbours(NeighbourTable.ARP)).doesNotContain(neighbour);
  }

  @Test
  void addressIsThereOnce() {
    var address = new AddressMessage(eth8, Ip.parse("10.1.0.1"), 32, 0);
    var longer = new AddressMessage(eth8, Ip.parse("10.1.0.1"), 24, 0);
    var elsewhere = new AddressMessage(9_999, Ip.parse("10.1.0.1"), 32, 0);

    assertThat(refusals(add(address), add(longer))).isEmpty();
    assertThat(refusals(add(address), add(elsewhere))).containsExactly(Errno.EEXIST, Errno.ENODEV);
    assertThat(refusals(delete(longer))).isEmpty();
    assertThat(netlink.addresses()).contains(address).doesNotContain(longer);
    assertThat(refusals(delete(address), delete(address), delete(elsewhere)))
        .containsExactly(Errno.EADDRNOTAVAIL, Errno.ENODEV);
  }

  @Test
  void addressWithAFarEndIsDeletedByBoth() {
    Ip own = Ip.parse("10.1.0.1");
    var near = new AddressMessage(eth8, own, 32, 0);
    var far = new AddressMessage(eth8, own, 32, 0, new Others(null, Ip.parse("10.1.0.2")));
    assertThat(refusals(add(far))).isEmpty();
    assertThat(netlink.addresses()).contains(far);

    assertThat(refusals(delete(near))).containsExactly(Errno.EADDRNOTAVAIL);
    assertThat(refusals(delete(far))).isEmpty();
    assertThat(netlink.addresses()).doesNotContain(far);
  }

  @Test
  void checksumOffloadIsOnUntilItIsSwitchedOff() {
    Ethtool ethtool = lab.netlink().ethtool();
    madeAndUp("vx1");
    assertThat(ethtool.checksumOffload("vx1")).isTrue();

    ethtool.setChecksumOffload("vx1", false);
    assertThat(ethtool.checksumOffload("vx1")).isFalse();
    ethtool.setChecksumOffload("vx1", true);
    assertThat(ethtool.checksumOffload("vx1")).isTrue();
  }

  @Test
  void checksumOffloadNeedsALink() {
    Ethtool ethtool = lab.netlink().ethtool();

    assertThatThrownBy(() -> ethtool.checksumOffload("vx1"))
        .isInstanceOf(KernelException.class)
        .hasMessage("read checksum offload of vx1: ENODEV");
    assertThatThrownBy(() -> ethtool.setChecksumOffload("vx1", false))
        .isInstanceOf(KernelException.class)
        .hasMessage("set checksum offload of vx1 to false: ENODEV");
  }

  @Test
  void eventsTellWhatAVxlanIsMadeWith() {
    try (RtnetlinkEvents events = lab.netlink().subscribe(Set.of())) {
      netlink.execute(List.of(add(vxlan("vx1", 4096, 4789))));
      LinkMessage made = named("vx1");
      netlink.execute(List.of(delete(made)));

      boolean seen = false;
      boolean gone = false;
      while (!gone) {
        if (events.receive() instanceof RtnetlinkEvents.Happened happened) {
          for (RtnetlinkEvent event : happened.events()) {
            boolean same = event.object().equals(made);
            seen |= same && !event.gone();
            gone |= same && event.gone();
          }
        }
      }
      assertThat(seen).isTrue();
    }
  }

  private int madeAndUp(String name) {
    assertThat(refusals(add(vxlan(name, 4096, 4789)))).isEmpty();
    lab.up(name);
    return named(name).index();
  }

  private LinkMessage vxlan(String name, int vni, int port) {
    return vxlan(name, new VxlanParameters(vni, port, LOCAL, eth9, Learning.NONE));
  }

  private static LinkMessage vxlan(String name, VxlanParameters parameters) {
    return new LinkMessage(0, name, 0, new LinkSettings("vxlan", 0, MAC, 0, 0), parameters);
  }

  private static Request change(int index, LinkSettings settings, @Nullable VxlanParameters vxlan) {
    return new Request(
        Operation.CHANGE, new LinkMessage(index, "", LinkMessage.FLAG_UP, settings, vxlan));
  }

  private static VxlanParameters learning(Learning learning) {
    return new VxlanParameters(4096, 0, null, 0, learning);
  }

  private static LinkSettings mtu(int bytes) {
    return new LinkSettings(null, bytes, null, 0, 0);
  }

  private static LinkSettings mtuOfKind(int bytes) {
    return new LinkSettings("vxlan", bytes, null, 0, 0);
  }

  private LinkMessage named(String name) {
    return netlink.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link " + name));
  }

  private List<Errno> refusals(Request... requests) {
    return netlink.execute(List.of(requests)).stream().map(Refusal::errno).toList();
  }
}
