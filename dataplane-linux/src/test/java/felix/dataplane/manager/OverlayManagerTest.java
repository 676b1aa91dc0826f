package felix.dataplane.manager;

import static felix.dataplane.manager.NaiveOverlay.THIS_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.link.LinkWish;
import felix.dataplane.link.Tunnel;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.neigh.ForwardingKey;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.delta.DataplaneDelta;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the managers of the overlay wish for. */
class OverlayManagerTest {
  private static final int HISTORIES = 2_000;
  private static final long FIRST_SEED = Long.getLong("test.seed", 1);
  private static final Set<Encapsulation> ALL = EnumSet.allOf(Encapsulation.class);

  private final DeltaBuilder cluster = new DeltaBuilder();
  private final Wishes wishes = new Wishes(IpVersion.V4, ALL);

  /** The managers of one family with all that they wish for. */
  private static final class Wishes {
    final IpVersion version;
    final Set<Encapsulation> ours;
    final RecordingDesired<String, LinkWish> links = new RecordingDesired<>();
    final RecordingDesired<NeighbourKey, MacAddress> neighbours = new RecordingDesired<>();
    final RecordingDesired<ForwardingKey, Ip> forwarding = new RecordingDesired<>();
    final RecordingDesired<RouteId, Route> remote = new RecordingDesired<>();
    final RecordingDesired<RouteId, Route> blackholes = new RecordingDesired<>();
    final List<Integer> mtus = new ArrayList<>();
    final OverlayManager manager;

    Wishes(IpVersion version, Set<Encapsulation> ours) {
      this.version = version;
      this.ours = ours;
      var fabric = new Fabric(THIS_HOST, version, Pattern.compile("^eth"));
      var routes =
          new ClusterRouteManager(
              version, ours, fabric, new ClusterRouteManager.Wishes(remote, blackholes));
      manager =
          new OverlayManager(
              fabric, version == IpVersion.V4 ? withTunnels(fabric, routes) : List.of(routes));
    }

    private List<OverlayPart> withTunnels(Fabric fabric, ClusterRouteManager routes) {
      var tunnelMtus = new TunnelMtus(0, 1440);
      return List.of(
          new VxlanManager(
              fabric,
              new VxlanManager.Device(4096, 4789, tunnelMtus, true),
              new VxlanManager.Wishes(links, neighbours, forwarding)),
          new IpipManager(fabric, tunnelMtus, links),
          routes,
          new WorkloadMtu(fabric, tunnelMtus, mtus::add));
    }

    void assertLike(NaiveOverlay naive) {
      if (version == IpVersion.V4) {
        assertThat(links.desired).isEqualTo(naive.links());
        assertThat(neighbours.desired).isEqualTo(naive.neighbours());
        assertThat(forwarding.desired).isEqualTo(naive.forwarding());
      }
      assertThat(remote.desired).isEqualTo(naive.remote(version, ours));
      assertThat(blackholes.desired).isEqualTo(naive.blackholes(version, ours));
    }
  }

  private static InterfaceChange up(String name, int mtuBytes, String... addresses) {
    return new InterfaceChange(
        name,
        name.hashCode() & 0xff,
        true,
        true,
        mtuBytes,
        Set.of(Stream.of(addresses).map(Ip::parse).toArray(Ip[]::new)));
  }

  private static InterfaceChange gone(String name) {
    return new InterfaceChange(name, 0, false, false, 0, Set.of());
  }

  private static Node node(int n) {
    return new Node(
        new HostAddress(host(n), 24),
        new HostAddress(Ip.parse("fd65::" + n), 64),
        Ip.parse("172.29." + n + ".1"),
        tunnel(n),
        mac(n));
  }

  private static Ip host(int n) {
    return Ip.parse("10.65.0." + n);
  }

  private static Ip tunnel(int n) {
    return Ip.parse("172.29." + n + ".0");
  }

  private static MacAddress mac(int n) {
    return MacAddress.parse("66:00:00:00:00:0" + n);
  }

  private static Vtep vtep(int n) {
    return new Vtep(tunnel(n), mac(n), host(n));
  }

  private void absorb() {
    wishes.manager.absorb(cluster.take());
  }

  private void startWithVxlan() {
    cluster
        .encapsulations(false, true)
        .node(THIS_HOST, node(0))
        .vtep(THIS_HOST, vtep(0))
        .vtep("n1", vtep(1))
        .route("172.29.1.0/26", new Remote("n1", host(1), Encapsulation.VXLAN, false))
        .route("172.29.2.0/26", new Remote("n2", host(2), Encapsulation.VXLAN, true));
    wishes.manager.onInterface(up("eth0", 1500, "10.65.0.0"));
    absorb();
  }

  @Test
  void nothingIsToldOfTheDeviceBeforeItsParentIsKnown() {
    cluster.encapsulations(false, true).node(THIS_HOST, node(0)).vtep(THIS_HOST, vtep(0));
    wishes.manager.onInterface(up("lo", 65_536, "127.0.0.1"));
    absorb();
    assertThat(wishes.links.desired).containsEntry("vxlan.calico", new LinkWish.Kept());

    wishes.manager.onInterface(up("eth0", 1500, "10.65.0.0"));
    assertThat(wishes.links.desired)
        .containsEntry(
            "vxlan.calico",
            new LinkWish.Wanted(
                new Tunnel.Vxlan(4096, 4789, host(0), "eth0", true), 1450, mac(0), tunnel(0)));
  }

  @Test
  void deviceIsKeptWhileOurOwnDataAreIncomplete() {
    startWithVxlan();
    cluster.vtep(THIS_HOST, null);
    absorb();
    assertThat(wishes.links.desired).containsEntry("vxlan.calico", new LinkWish.Kept());
    assertThat(wishes.forwarding.desired).hasSize(1);
  }

  @Test
  void parentThatLosesItsAddressForAMomentStaysTheParent() {
    startWithVxlan();
    var before = new ArrayList<>(wishes.remote.desired.values());
    var device = wishes.links.desired.get("vxlan.calico");
    wishes.manager.onInterface(up("eth0", 1500));
    assertThat(wishes.links.desired).containsEntry("vxlan.calico", device);
    assertThat(wishes.remote.desired.values()).containsExactlyInAnyOrderElementsOf(before);

    wishes.manager.onInterface(up("eth1", 1500, "10.65.0.0"));
    assertThat(wishes.remote.desired)
        .containsKey(new RouteId(Cidr.parse("172.29.2.0/26"), "eth1"))
        .doesNotContainKey(new RouteId(Cidr.parse("172.29.2.0/26"), "eth0"));
  }

  @Test
  void twoHostsSwapTheirMacsInOneDelta() {
    startWithVxlan();
    cluster.vtep("n2", vtep(2));
    absorb();
    cluster
        .vtep("n1", new Vtep(tunnel(1), mac(2), host(1)))
        .vtep("n2", new Vtep(tunnel(2), mac(1), host(2)));
    absorb();
    assertThat(wishes.forwarding.desired)
        .containsEntry(new ForwardingKey("vxlan.calico", mac(1)), host(2))
        .containsEntry(new ForwardingKey("vxlan.calico", mac(2)), host(1))
        .hasSize(2);
  }

  @Test
  void ofTwoHostsWithOneMacTheFirstByNameHasIt() {
    startWithVxlan();
    cluster.vtep("n9", new Vtep(tunnel(1), mac(1), host(9)));
    absorb();
    assertThat(wishes.forwarding.desired)
        .containsEntry(new ForwardingKey("vxlan.calico", mac(1)), host(1));

    cluster.vtep("n1", null);
    absorb();
    assertThat(wishes.forwarding.desired)
        .containsEntry(new ForwardingKey("vxlan.calico", mac(1)), host(9));
    assertThat(wishes.neighbours.desired)
        .containsEntry(new NeighbourKey("vxlan.calico", tunnel(1)), mac(1));
  }

  @Test
  void mtuFollowsTheSmallestInterfaceThatIsUp() {
    startWithVxlan();
    wishes.manager.onInterface(up("eth1", 1400));
    assertThat(vxlanMtu()).isEqualTo(1350);
    wishes.manager.onInterface(gone("eth1"));
    assertThat(vxlanMtu()).isEqualTo(1450);
    wishes.manager.onInterface(new InterfaceChange("eth0", 7, true, false, 1300, Set.of()));
    assertThat(vxlanMtu()).as("the network is gone for a moment").isEqualTo(1450);
    assertThat(wishes.mtus).startsWith(1500).contains(1350).endsWith(1450);
  }

  @Test
  void workloadsGetTheSmallestMtuThatIsInUse() {
    startWithVxlan();
    assertThat(wishes.mtus).last().isEqualTo(1450);
    cluster.encapsulations(true, true);
    absorb();
    assertThat(wishes.mtus).last().isEqualTo(1440);
    cluster.encapsulations(false, false);
    absorb();
    assertThat(wishes.mtus).last().isEqualTo(1500);
  }

  @Test
  void hostWithoutAnInterfaceThatCountsGetsTheReferencesMtu() {
    cluster.encapsulations(false, true).node(THIS_HOST, node(0)).vtep(THIS_HOST, vtep(0));
    wishes.manager.onInterface(up("bond0", 1500, "10.65.0.0"));
    absorb();
    assertThat(vxlanMtu()).isEqualTo(1410);
  }

  @Test
  void oneHostThatChangesTouchesNoOther() {
    startWithVxlan();
    cluster.vtep("n3", vtep(3));
    absorb();
    wishes.forwarding.timesSet.clear();
    wishes.neighbours.timesSet.clear();
    wishes.remote.timesSet.clear();
    cluster.vtep("n3", new Vtep(tunnel(3), mac(4), host(3)));
    absorb();
    assertThat(wishes.forwarding.timesSet)
        .containsOnlyKeys(new ForwardingKey("vxlan.calico", mac(4)));
    assertThat(wishes.neighbours.timesSet)
        .containsOnlyKeys(new NeighbourKey("vxlan.calico", tunnel(3)));
    assertThat(wishes.remote.timesSet).isEmpty();
  }

  private int vxlanMtu() {
    return wishes.links.desired.get("vxlan.calico") instanceof LinkWish.Wanted wanted
        ? wanted.mtuBytes()
        : 0;
  }

  @Test
  void anyHistoryEndsInWhatANaiveLookAtTheStateSays() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      try {
        new History(new Random(seed)).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Few hosts with few addresses, so that all that can collide does. */
  private static final class History {
    private final Random random;
    private final DeltaBuilder cluster = new DeltaBuilder();
    private final NaiveOverlay naive = new NaiveOverlay();
    private final Wishes wishes;

    History(Random random) {
      this.random = random;
      var ours = EnumSet.noneOf(Encapsulation.class);
      ALL.stream().filter(one -> random.nextInt(4) > 0).forEach(ours::add);
      IpVersion version = random.nextInt(4) > 0 ? IpVersion.V4 : IpVersion.V6;
      if (version == IpVersion.V6) {
        ours.retainAll(Set.of(Encapsulation.NONE));
      }
      wishes = new Wishes(version, ours);
    }

    void run() {
      for (int i = random.nextInt(30); i > 0; i--) {
        step();
      }
      settle();
      wishes.assertLike(naive);

      var fresh = new Wishes(wishes.version, wishes.ours);
      DataplaneDelta snapshot = cluster.snapshot();
      if (random.nextBoolean()) {
        fresh.manager.absorb(snapshot);
        naive.interfaces.values().forEach(fresh.manager::onInterface);
      } else {
        naive.interfaces.values().forEach(fresh.manager::onInterface);
        fresh.manager.absorb(snapshot);
      }
      fresh.assertLike(naive);
    }

    private void step() {
      if (random.nextInt(3) == 0) {
        tell(anyInterface());
        return;
      }
      for (int i = random.nextInt(6); i > 0; i--) {
        change();
      }
      absorb();
    }

    /** What is remembered of interfaces must not matter any more. */
    private void settle() {
      cluster.node(THIS_HOST, node(0));
      absorb();
      tell(up("eth0", 1500, "10.65.0.0", "fd65::"));
    }

    private void absorb() {
      DataplaneDelta delta = cluster.take();
      naive.apply(delta.network());
      wishes.manager.absorb(delta);
    }

    private void tell(InterfaceChange change) {
      naive.apply(change);
      wishes.manager.onInterface(change);
    }

    private InterfaceChange anyInterface() {
      String name = List.of("eth0", "eth1", "bond0").get(random.nextInt(3));
      return switch (random.nextInt(4)) {
        case 0 -> gone(name);
        case 1 -> up(name, 1400 + random.nextInt(3) * 100);
        default -> up(name, 1400 + random.nextInt(3) * 100, "10.65.0.0", "fd65::");
      };
    }

    private void change() {
      int n = random.nextInt(4);
      switch (random.nextInt(6)) {
        case 0 -> cluster.encapsulations(random.nextBoolean(), random.nextBoolean());
        case 1 -> cluster.node("n" + n, isGone() ? null : node(random.nextInt(4)));
        case 2, 3 -> cluster.vtep("n" + n, isGone() ? null : anyVtep());
        default -> changeARoute(n);
      }
    }

    private boolean isGone() {
      return random.nextInt(4) == 0;
    }

    private Vtep anyVtep() {
      return new Vtep(tunnel(random.nextInt(4)), mac(random.nextInt(4)), host(random.nextInt(4)));
    }

    private void changeARoute(int n) {
      String destination = anyDestination();
      var encapsulation = List.copyOf(ALL).get(random.nextInt(3));
      int host = random.nextInt(4);
      Ip address = destination.contains(":") ? Ip.parse("fd65::" + host) : host(host);
      cluster.route(
          destination,
          switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new LocalBlock(encapsulation);
            default -> new Remote("n" + n, address, encapsulation, random.nextBoolean());
          });
    }

    private String anyDestination() {
      int n = random.nextInt(4);
      return switch (random.nextInt(4)) {
        case 0 -> "172.29." + n + ".7/32";
        case 1 -> "fd00:" + n + "::/122";
        case 2 -> "fd00:" + n + "::7/128";
        default -> "172.29." + n + ".0/26";
      };
    }
  }
}
