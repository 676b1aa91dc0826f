package felix.dataplane;

import static felix.dataplane.ScenarioTest.fill;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DataplaneSettings.IpSetSettings;
import felix.dataplane.DataplaneSettings.IptablesSettings;
import felix.dataplane.DataplaneSettings.NetlinkSettings;
import felix.dataplane.DataplaneSettings.RouteSettings;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.netlink.Samples;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.delta.Vtep;
import felix.model.Encapsulation;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is deleted by hand is back within a second. The kernel is never read on a timer here, so it
 * can only be by event.
 */
@Tag("netns")
@Timeout(60)
class DriftTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Ip HOST_B = Ip.parse("10.9.0.2");
  private static final String MAC = "02:00:00:00:00:0b";

  private final DeltaBuilder cluster = new DeltaBuilder();
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private TestHost host;
  private Rtnetlink observer;
  private LinuxDataplane dataplane;

  @BeforeEach
  void start() {
    NetworkNamespace.requireOwn();
    host = TestHost.ofKernel(IptablesBackend.LEGACY);
    observer = host.lab.netlink().connect();
    dataplane = LinuxDataplane.ofHost(withoutTimers(), Surroundings.of(faults::add));
    dataplane.start();
    host.addRunningLink("cali1");
    host.addRunningLink("cali2");
    KernelLab.ip("link add vxlan.calico type vxlan id 4096 dstport 4789 dev lo nolearning");
    KernelLab.ip("link set vxlan.calico up");
    fill(cluster);
    // our own end is not known yet: the device is left as it is
    cluster
        .encapsulations(false, true)
        .vtep("b", new Vtep(Ip.parse("172.29.1.0"), MacAddress.parse(MAC), HOST_B))
        .route("172.29.1.0/26", new Remote("b", HOST_B, Encapsulation.VXLAN, false))
        .route("172.29.2.0/26", new LocalBlock(Encapsulation.VXLAN));
    assertThat(dataplane.offer(cluster.take())).isTrue();
    await("five routes, four neighbours, an FDB entry", () -> held().size() == 10);
  }

  @AfterEach
  void stop() {
    dataplane.close();
    observer.close();
    KernelLab.ip("link delete vxlan.calico");
    host.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void whatIsChangedByHandIsRightAgainWithinASecond() {
    Set<RtnetlinkObject> before = held();
    var times = new ArrayList<Duration>();
    for (int round = 0; round < 4; round++) {
      for (String change :
          List.of(
              "-4 route delete 10.0.0.1 dev cali1",
              "-6 route delete fd00::1 dev cali1",
              "-4 route flush dev cali2",
              "-4 route replace 10.0.0.1 dev cali1 proto 80 scope link",
              "-4 route delete 172.29.1.0/26",
              "-4 route delete blackhole 172.29.2.0/26",
              "-4 neigh delete 172.29.1.0 dev vxlan.calico",
              "-4 neigh delete 10.0.0.1 dev cali1",
              "-6 neigh delete fd00::1 dev cali1",
              "-4 neigh replace 10.0.0.2 dev cali2 lladdr 02:00:00:00:00:77 nud permanent",
              "-4 neigh add 10.0.0.77 dev cali2 lladdr 02:00:00:00:00:77 nud permanent")) {
        KernelLab.ip(change);
        times.add(await(change, () -> held().equals(before)));
      }
    }
    // one in ten may be later: others use this machine as well
    times.sort(Comparator.naturalOrder());
    assertThat(times.get(times.size() * 9 / 10)).as("of %s", times).isLessThan(A_SECOND);
  }

  @Test
  void forwardingEntryDeletedOrRedirectedByHandIsRightAgainWithinASecond() {
    Set<RtnetlinkObject> before = held();
    var entry =
        before.stream()
            .filter(NeighbourMessage.class::isInstance)
            .map(NeighbourMessage.class::cast)
            .filter(neighbour -> neighbour.table() == NeighbourTable.FORWARDING)
            .findFirst()
            .orElseThrow();
    var elsewhere =
        new NeighbourMessage(
            entry.table(),
            entry.linkIndex(),
            entry.state(),
            entry.flags(),
            Ip.parse("10.9.0.66"),
            entry.mac());
    for (var change : List.of(Samples.delete(entry), Samples.replace(elsewhere))) {
      assertThat(observer.execute(List.of(change))).isEmpty();
      assertThat(await(change.toString(), () -> held().equals(before))).isLessThan(A_SECOND);
    }
  }

  @Test
  void nothingIsWrittenWhereOthersWorkElsewhere() {
    host.addRunningLink("eth8");
    var before = dataplane.status().kernelWrites();
    for (int i = 1; i < 50; i++) {
      KernelLab.ip("route add 10.9.0." + i + " dev eth8");
      KernelLab.ip("neigh add 10.9.0." + i + " dev eth8 lladdr 02:00:00:00:00:77 nud permanent");
      KernelLab.ip("route delete 10.9.0." + i + " dev eth8");
    }
    assertThat(dataplane.status().kernelWrites()).isEqualTo(before);
  }

  /** Routes, permanent neighbours and forwarding entries that are ours. */
  private Set<RtnetlinkObject> held() {
    var ours =
        observer.links().stream()
            .filter(link -> link.name().startsWith("cali") || link.name().equals("vxlan.calico"))
            .map(LinkMessage::index)
            .collect(Collectors.toSet());
    var held = new HashSet<RtnetlinkObject>();
    for (var version : IpVersion.values()) {
      observer.routes(version).stream()
          .filter(route -> route.key().table() == RouteMessage.TABLE_MAIN)
          .filter(
              route ->
                  ours.contains(route.hop().linkIndex())
                      || route.kind().type() == RouteMessage.TYPE_BLACKHOLE)
          .filter(route -> route.kind().protocol() != RouteMessage.PROTOCOL_KERNEL)
          .forEach(held::add);
    }
    for (var table : NeighbourTable.values()) {
      observer.neighbours(table).stream()
          .filter(entry -> ours.contains(entry.linkIndex()))
          .filter(entry -> entry.state() == NeighbourMessage.STATE_PERMANENT)
          .filter(entry -> entry.address() != null) // not what a link itself listens to
          .forEach(held::add);
    }
    return held;
  }

  /** Returns how long it took. */
  private Duration await(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(faults).as(what).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(PATIENCE);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static DataplaneSettings withoutTimers() {
    DataplaneSettings defaults = DataplaneSettings.defaults();
    var iptables = defaults.iptables();
    return new DataplaneSettings(
        defaults.hostname(),
        true,
        defaults.rules(),
        new IptablesSettings(
            iptables.backend(),
            iptables.insertMode(),
            iptables.lockWait(),
            iptables.fullyRandom(),
            Duration.ZERO,
            Duration.ZERO),
        new IpSetSettings(defaults.ipSets().maxSize(), Duration.ZERO),
        new RouteSettings(true, defaults.routes().look(), true, Duration.ZERO),
        defaults.overlay(),
        new NetlinkSettings(defaults.netlink().timeout(), Duration.ZERO),
        defaults.host());
  }
}
