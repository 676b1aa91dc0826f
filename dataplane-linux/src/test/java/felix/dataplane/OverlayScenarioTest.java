package felix.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DataplaneSettings.ClusterRoutes;
import felix.dataplane.DataplaneSettings.OverlaySettings;
import felix.dataplane.DataplaneSettings.VxlanSettings;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.Samples;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host among others, without threads and on fakes. */
class OverlayScenarioTest {
  private static final String VXLAN = "vxlan.calico";

  @TempDir Path folder;
  private final FakeKernel kernel = new FakeKernel();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private final Rtnetlink hand = kernel.undisturbed();
  private TestHost host;
  private AgentWithoutThreads agent;

  @BeforeEach
  void start() {
    host = TestHost.ofFakes(new FakeTools(IptablesBackend.LEGACY), kernel, folder);
    host.addRunningLink("eth0");
    host.addRunningLink("eth1");
    kernel.addAddress("eth0", "10.65.0.1/24");
    agent = new AgentWithoutThreads(host, settings(ClusterRoutes.ALL));
  }

  private static DataplaneSettings settings(ClusterRoutes routes) {
    var all = DataplaneSettings.defaults();
    return new DataplaneSettings(
        "n1",
        true,
        all.rules(),
        all.iptables(),
        all.ipSets(),
        all.routes(),
        new OverlaySettings(
            new VxlanSettings(4096, 4789, 0, true), 0, routes, List.of(), "^(eth|bond)"),
        all.netlink(),
        all.host());
  }

  private static Ip hostIp(int n) {
    return Ip.parse("10.65.0." + n);
  }

  private static Node node(int n) {
    return new Node(new HostAddress(hostIp(n), 24), null, Ip.parse("172.30.1." + n), null, null);
  }

  private static MacAddress mac(int n) {
    return MacAddress.parse("66:00:00:00:00:0" + n);
  }

  private static Vtep vtep(int n) {
    return new Vtep(Ip.parse("172.29." + n + ".0"), mac(n), hostIp(n));
  }

  private static Remote remote(int n, Encapsulation encapsulation, boolean direct) {
    return new Remote("n" + n, hostIp(n), encapsulation, direct);
  }

  /**
   * Three hosts, of which the third is in our subnet as far as routes go; and pools of all kinds.
   */
  private void fill() {
    cluster
        .encapsulations(true, true)
        .node("n1", node(1))
        .node("n2", node(2))
        .node("n3", node(3))
        .vtep("n1", vtep(1))
        .vtep("n2", vtep(2))
        .vtep("n3", vtep(3))
        .route("172.29.1.0/26", new LocalBlock(Encapsulation.VXLAN))
        .route("172.29.2.0/26", remote(2, Encapsulation.VXLAN, false))
        .route("172.29.1.9/32", remote(2, Encapsulation.VXLAN, false))
        .route("172.29.3.0/26", remote(3, Encapsulation.VXLAN, true))
        .route("172.30.2.0/26", remote(2, Encapsulation.IPIP, false))
        .route("172.31.2.0/26", remote(2, Encapsulation.NONE, true));
  }

  private void empty() {
    cluster.encapsulations(false, false);
    for (var n = 1; n <= 3; n++) {
      cluster.vtep("n" + n, null);
    }
    for (var destination :
        List.of(
            "172.29.1.0/26",
            "172.29.2.0/26",
            "172.29.1.9/32",
            "172.29.3.0/26",
            "172.30.2.0/26",
            "172.31.2.0/26")) {
      cluster.route(destination, null);
    }
  }

  private void join() {
    fill();
    agent.send(cluster.take());
    settle();
    assertThat(agent.status.isInSync()).isTrue();
  }

  /** Devices that were made come up, and what hangs on them follows. */
  private void settle() {
    for (int i = 0; i < 4; i++) {
      agent.hear();
      agent.pass(Duration.ofSeconds(1));
    }
  }

  private void restart(ClusterRoutes routes) {
    agent = new AgentWithoutThreads(host, settings(routes));
  }

  private List<String> overlay() {
    return host.dump().lines().filter(line -> line.matches("(route|fdb|neighbour) .*")).toList();
  }

  private static RouteMessage birds(String destination, String gateway, int linkIndex) {
    return new RouteMessage(
        RouteKey.main(Cidr.parse(destination), 0),
        new RouteKind(
            RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_GLOBAL, RouteMessage.PROTOCOL_BIRD),
        new NextHop(linkIndex, Ip.parse(gateway), true),
        null);
  }

  private int index(String name) {
    return hand.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow()
        .index();
  }

  private boolean isThere(String name) {
    return hand.links().stream().anyMatch(link -> link.name().equals(name));
  }

  @Test
  void oneDeltaBringsAllThatLeadsToOtherHosts() {
    join();
    assertThat(overlay())
        .containsExactly(
            "fdb 10.65.0.2 dev vxlan.calico 66:00:00:00:00:02",
            "fdb 10.65.0.3 dev vxlan.calico 66:00:00:00:00:03",
            "neighbour 172.29.2.0 dev vxlan.calico 66:00:00:00:00:02",
            "neighbour 172.29.3.0 dev vxlan.calico 66:00:00:00:00:03",
            "route 172.29.1.0/26 blackhole",
            "route 172.29.1.9/32 via 172.29.2.0 dev vxlan.calico",
            "route 172.29.2.0/26 via 172.29.2.0 dev vxlan.calico",
            "route 172.29.3.0/26 via 10.65.0.3 dev eth0",
            "route 172.30.2.0/26 via 10.65.0.2 dev tunl0",
            "route 172.31.2.0/26 via 10.65.0.2 dev eth0");
    assertThat(host.mtuFile()).hasContent("1450");
  }

  @Test
  void restartWritesNothing() {
    join();
    restart(ClusterRoutes.ALL);
    agent.send(cluster.snapshot());
    settle();
    assertThat(agent.writes()).as("%s", agent.kernelWrites()).isZero();
  }

  @Test
  void nothingIsTornDownBeforeInterfacesAreKnown() {
    join();
    var before = overlay();
    restart(ClusterRoutes.ALL);
    agent.sendBeforeNews(cluster.snapshot());
    agent.pass(Duration.ofMinutes(3));
    assertThat(overlay()).isEqualTo(before);
    assertThat(isThere(VXLAN)).isTrue();
    settle();
    assertThat(agent.writes()).as("%s", agent.kernelWrites()).isZero();
  }

  @Test
  void whatIsSwitchedOffIsSwept() {
    join();
    empty();
    agent.send(cluster.take());
    settle();
    assertThat(overlay()).isEmpty();
    assertThat(isThere(VXLAN)).isFalse();
    assertThat(host.mtuFile()).hasContent("1500");
  }

  @Test
  void anotherProcessSweepsWhatIsSwitchedOffMeanwhile() {
    join();
    empty();
    cluster.take();
    restart(ClusterRoutes.NONE);
    agent.send(cluster.snapshot());
    agent.pass(Duration.ofMinutes(3));
    assertThat(overlay()).isEmpty();
    assertThat(isThere(VXLAN)).isFalse();
  }

  @Test
  void routesOfARoutingDaemonAreLeftAlone() {
    join();
    RouteMessage overTunnel = birds("172.30.9.0/26", "10.65.0.9", index("tunl0"));
    RouteMessage onFabric = birds("172.31.9.0/26", "10.65.0.9", index("eth0"));
    hand.execute(List.of(Samples.add(overTunnel), Samples.add(onFabric)));
    restart(ClusterRoutes.NONE);
    agent.send(cluster.snapshot());
    agent.pass(Duration.ofMinutes(3));
    assertThat(hand.routes(IpVersion.V4)).contains(overTunnel, onFabric);
    assertThat(overlay())
        .doesNotContain("route 172.30.2.0/26 via 10.65.0.2 dev tunl0")
        .contains("route 172.29.3.0/26 via 10.65.0.3 dev eth0");
  }

  @Test
  void routesOfARoutingDaemonAreWaitedFor() {
    RouteMessage onFabric = birds("172.31.2.0/26", "10.65.0.2", index("eth0"));
    hand.execute(List.of(Samples.add(onFabric)));
    fill();
    agent.send(cluster.take());
    settle();
    assertThat(agent.status.isInSync()).isFalse();
    assertThat(hand.routes(IpVersion.V4)).contains(onFabric);

    hand.execute(List.of(Samples.delete(onFabric)));
    agent.pass(Duration.ofMinutes(1));
    assertThat(agent.status.isInSync()).isTrue();
    assertThat(overlay()).contains("route 172.31.2.0/26 via 10.65.0.2 dev eth0");
  }

  @Test
  void vanishedDeviceComesBackWithAllThatIsOnIt() {
    join();
    var before = overlay();
    kernel.delete(VXLAN);
    assertThat(overlay()).hasSizeLessThan(before.size());
    settle();
    assertThat(overlay()).isEqualTo(before);
  }

  @Test
  void directRoutesFollowTheAddressToAnotherInterface() {
    join();
    host.lab.delete("eth0");
    kernel.addAddress("eth1", "10.65.0.1/24");
    settle();
    assertThat(overlay())
        .contains(
            "route 172.29.3.0/26 via 10.65.0.3 dev eth1",
            "route 172.31.2.0/26 via 10.65.0.2 dev eth1",
            "fdb 10.65.0.2 dev vxlan.calico 66:00:00:00:00:02")
        .noneMatch(line -> line.endsWith("eth0"));
  }

  @Test
  void hostThatLeavesLeavesNoForwardingEntryEvenIfItLeftUnseen() {
    join();
    cluster.vtep("n2", null).route("172.29.2.0/26", null).route("172.29.1.9/32", null);
    cluster.take();
    restart(ClusterRoutes.ALL);
    agent.send(cluster.snapshot());
    settle();
    assertThat(hand.neighbours(NeighbourTable.FORWARDING))
        .extracting(NeighbourMessage::mac)
        .containsExactly(mac(3));
  }

  @Test
  void mtuFileIsWrittenOnlyWhereThereIsAFolder() {
    assertThat(Files.exists(host.mtuFile())).isFalse();
    join();
    assertThat(host.mtuFile()).hasContent("1450");
  }
}
