package felix.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lab without an agent: rules made by hand must be seen, or the verdicts of all other tests
 * mean nothing.
 */
@Tag("packets")
class LabTest {
  private static final String OUTSIDE = "203.0.113.5";
  private static final Workload FIRST =
      new Workload("cali0000001", "172.29.1.1", "02:00:00:00:00:01", "fd00:64::172.29.1.1");
  private static final Workload SECOND =
      new Workload("cali0000002", "172.29.1.2", "02:00:00:00:00:02", "fd00:64::172.29.1.2");
  private static final String GRE = "47";

  private final Node node = new Node();
  private final Prober prober = new Prober(node);

  @BeforeEach
  void twoWorkloadsWithRoutes() {
    node.plug(List.of(FIRST, SECOND));
    for (var workload : List.of(FIRST, SECOND)) {
      node.shell()
          .run(
              "ip route add %1$s dev %2$s && ip -6 route add %3$s dev %2$s && sysctl -qw net.ipv4.conf.%2$s.proxy_arp=1"
                  .formatted(workload.ip(), workload.iface(), workload.ip6()));
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void everyKindOfPacketArrivesWhenNothingStopsIt() {
    var probes = everyKind(FIRST.ip(), SECOND.ip());
    assertThat(prober.arrived(probes)).hasSize(probes.size());
  }

  @Test
  void workloadsAndTheOutsideReachEachOther() {
    var probes =
        List.of(
            Probe.tcp(OUTSIDE, FIRST.ip(), 80),
            Probe.tcp(FIRST.ip(), OUTSIDE, 80),
            Probe.tcp("fd00:64::203.0.113.5", "fd00:64::172.29.1.1", 80),
            Probe.udp("fd00:64::172.29.1.1", "fd00:64::172.29.1.2", 53),
            new Probe("fd00:64::172.29.1.1", "fd00:64::203.0.113.5", Probe.ICMPV6, 0, 128, 0));
    assertThat(prober.arrived(probes)).hasSize(probes.size());
  }

  @Test
  void onlyWhatARuleDropsIsMissing() {
    node.shell().run("iptables-legacy -A FORWARD -i cali0000001 -p tcp --dport 80 -j DROP");
    node.shell().run("iptables-nft -A FORWARD -p sctp --dport 80 -j DROP");
    node.shell().run("iptables-nft -A FORWARD -p icmp --icmp-type 13 -j DROP");
    var probes = everyKind(FIRST.ip(), SECOND.ip());
    var arrived = prober.arrived(probes).stream().map(probes::get).map(Probe::toString);
    assertThat(arrived)
        .containsExactly(
            "172.29.1.1 -> 172.29.1.2 tcp 443",
            "172.29.1.1 -> 172.29.1.2 udp 53",
            "172.29.1.1 -> 172.29.1.2 icmp type 8 code 0",
            "172.29.1.1 -> 172.29.1.2 protocol 47");
  }

  /**
   * Checksums that were wrong would be taken for invalid by connection tracking, and dropped by a
   * rule of every agent. Only the payload under GRE is no GRE: what becomes of it in the worlds was
   * recorded with these very bytes.
   */
  @Test
  void connectionTrackingFindsNothingInvalid() {
    node.shell().run("sysctl -qw net.netfilter.nf_conntrack_checksum=1");
    node.shell().run("iptables-legacy -A FORWARD -m conntrack --ctstate INVALID -j DROP");
    node.shell().run("ip6tables-legacy -A FORWARD -m conntrack --ctstate INVALID -j DROP");
    var probes = everyKind(FIRST.ip(), SECOND.ip());
    var missing = new ArrayList<>(probes);
    prober.arrived(probes).forEach(i -> missing.remove(probes.get(i)));
    assertThat(missing).extracting(Probe::protocol).containsOnly(Probe.number(GRE));
    assertThat(prober.arrives(Probe.tcp("fd00:64::172.29.1.1", "fd00:64::172.29.1.2", 80)))
        .isTrue();
  }

  @Test
  void aPacketTriedTwiceIsNewTwice() {
    node.shell().run("iptables-legacy -A FORWARD -m conntrack --ctstate ESTABLISHED -j DROP");
    var probes = everyKind(FIRST.ip(), SECOND.ip());
    assertThat(prober.arrived(probes)).hasSize(probes.size());
    assertThat(prober.arrived(probes)).hasSize(probes.size());
  }

  @Test
  void writesOfEveryKindAreCounted() {
    try (var counter = new WriteCounter(node)) {
      counter.reset();
      var shell = node.shell();
      var path = "export PATH=" + counter.path() + "\n";
      shell.run(path + "iptables-nft-save; ipset list; ip route show; nft list ruleset");
      assertThat(counter.writes()).isEmpty();

      for (var write :
          Map.of(
                  "restore",
                      "printf '*filter\\n-A FORWARD -j ACCEPT\\nCOMMIT\\n' | iptables-legacy-restore --noflush",
                  "ipset", "printf 'create a hash:ip\\n' | ipset restore",
                  "route past the wrappers", "/sbin/ip route add blackhole 198.18.0.2/32",
                  "neighbour past the wrappers",
                      "/sbin/ip neigh add 198.18.0.3 lladdr 02:00:00:00:00:09 dev eth0 nud permanent",
                  "nft past the wrappers", "/usr/sbin/iptables-nft -A FORWARD -j ACCEPT")
              .entrySet()) {
        counter.reset();
        shell.run(path + write.getValue());
        Await.until(
            write.getKey() + " is counted",
            Duration.ofSeconds(5),
            () -> !counter.writes().isEmpty());
      }
    }
  }

  private static List<Probe> everyKind(String from, String to) {
    return List.of(
        Probe.tcp(from, to, 80),
        Probe.tcp(from, to, 443),
        Probe.udp(from, to, 53),
        new Probe(from, to, Probe.ICMP, 0, 8, 0),
        new Probe(from, to, Probe.ICMP, 0, 13, 0),
        new Probe(from, to, Probe.SCTP, 80, 0, 0),
        new Probe(from, to, Probe.number(GRE), 0, 0, 0));
  }

  /** Where agents of other tests write by default. */
  @ParameterizedTest
  @ValueSource(strings = {"/run", "/var/log", "/var/lib/calico"})
  void whatAnAgentWritesIsInMemory(String folder) throws IOException {
    if (Files.isDirectory(Path.of(folder))) {
      assertThat(Files.getFileStore(Path.of(folder)).type()).isEqualTo("tmpfs");
    }
  }
}
