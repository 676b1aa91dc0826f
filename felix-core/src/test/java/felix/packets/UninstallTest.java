package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Shell;
import felix.lab.World;
import felix.lab.WriteCounter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code calico-felix uninstall} after a real agent: nothing of ours stays, nothing else goes. */
@Tag("packets")
class UninstallTest {
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ALREADY_RUNNING = 75;

  /** What others may have that looks like ours, or has to do with the same things. */
  private static final String DECOYS =
      """
      set -e
      for i in iptables-legacy iptables-nft ip6tables-legacy ip6tables-nft; do
        for chain in cali californ0 DOCKER KUBE-SERVICES; do $i -N $chain; $i -A $chain -j RETURN; done
        $i -A FORWARD -m comment --comment cali: -j cali
        $i -A FORWARD -m comment --comment cali:by-hand -j ACCEPT
        $i -A FORWARD -m comment --comment 'is it cali:FPLbPw-JJmFdWTpR' -j DOCKER
        $i -t nat -N KUBE-POSTROUTING
        $i -t nat -A POSTROUTING -m comment --comment 'kubernetes rules' -j KUBE-POSTROUTING
      done
      ipset create cali40x hash:ip; ipset add cali40x 192.0.2.9
      ipset create cali4tool hash:ip; ipset create calico hash:net; ipset create felix hash:net
      iptables-legacy -A INPUT -m set --match-set cali40x src -j ACCEPT
      ip route add 10.99.0.0/24 via 10.65.0.254 proto bird
      ip route add blackhole 10.98.0.0/24 proto bird
      ip route add 10.97.0.0/24 via 10.65.0.254 proto static
      ip route add 10.96.0.0/24 via 10.65.0.254
      ip rule add from 10.97.0.0/16 table 77 priority 7000
      ip route add 10.95.0.0/24 via 10.65.0.254 table 77 proto 80
      ip neigh add 10.65.0.77 lladdr 02:00:00:00:00:77 dev eth0 nud permanent
      ip link add californ0 type veth peer name forn
      ip addr add 192.0.2.77/32 dev californ0
      ip link set californ0 up; ip link set forn up
      ip link add vxlan.other type vxlan id 77 dstport 4799 local 10.65.0.1 dev eth0 nolearning
      bridge fdb add 02:00:00:00:00:78 dev vxlan.other dst 10.65.0.2 self permanent
      """;

  /** Without counters, and without the kernel's own chains: tables that are there stay there. */
  private static final String KERNEL =
      """
      for i in iptables-legacy iptables-nft ip6tables-legacy ip6tables-nft; do
        echo $i; $i-save 2>/dev/null | sed 's/ \\[[0-9:]*\\]$//' | grep '^[:-]' | grep -v ' ACCEPT$'
      done
      ipset save | sort
      ip -o -d link | sed 's/^[0-9]*: //' | sort
      ip -o addr | sed 's/^[0-9]*: //; s/valid_lft.*//' | sort
      ip route show table all | sort; ip -6 route show table all | sort
      ip rule; ip neigh show nud permanent | sort; bridge fdb show dev vxlan.other | sort
      """;

  private static String kernel(Lab lab) {
    return lab.node().shell().attempt(KERNEL).out();
  }

  /** The bookstore, in a pool with VXLAN and another node. */
  private static World.State state() {
    var kvs = new HashMap<>(Example.STATE.kvs());
    kvs.putAll(
        Resource.map(
            Stream.of(
                NodeData.of(1, "10.65.0.1").resource(),
                NodeData.of(2, "10.65.0.2").resource(),
                Resource.pool(
                    "pool",
                    OverlayCluster.POOL,
                    "\"vxlanMode\": \"Always\", \"natOutgoing\": true"),
                Resource.block("172.29.1.0/26", "node1"),
                Resource.block("172.29.2.0/26", "node2"))));
    return new World.State(
        kvs, Example.STATE.workloads(), Example.STATE.probes(), Example.STATE.allowed());
  }

  @ParameterizedTest
  @EnumSource
  void hostIsAsBeforeTheAgent(Backend backend) {
    try (var lab = new Lab(UninstallTest.class, backend);
        var counter = new WriteCounter(lab.node())) {
      lab.set("PATH", counter.path());
      lab.load(state());
      lab.node().shell().run(DECOYS);
      Await.until(
          "the kernel is at rest",
          LIMIT,
          () -> {
            var now = kernel(lab);
            return Await.stays(QUIET, () -> kernel(lab).equals(now));
          });
      var before = kernel(lab);

      lab.startAgent().awaitReady();
      Await.until("the route to node2", LIMIT, () -> kernel(lab).contains("172.29.2.0/26 via "));
      lab.settle();
      assertRefusedBesideAnAgent(lab);
      counter.reset();
      var listed = lines(lab.launch("uninstall --dry-run"));
      assertThat(counter.writes()).as("by a dry run").isEmpty();
      var tool = "iptables-" + backend.word();
      assertThat(listed)
          .contains(
              tool + " filter chain cali-FORWARD",
              tool + " raw chain cali-PREROUTING",
              "route 172.29.1.1/32 dev cali0000001 proto 3",
              "route 172.29.2.0/26 via 172.29.2.0 dev vxlan.calico proto 3",
              "route blackhole 172.29.1.0/26 proto 80",
              "neighbour 172.29.1.1 dev cali0000001",
              "neighbour 172.29.2.0 dev vxlan.calico",
              "fdb 66:d2:61:74:48:02 dev vxlan.calico dst 10.65.0.2",
              "link vxlan.calico",
              "ipset cali40all-vxlan-net")
          .anyMatch(line -> line.startsWith("ip6tables-" + backend.word() + " filter rule INPUT "))
          .noneMatch(line -> line.contains("cali40x") || line.contains("californ0"));

      lab.agent().kill();
      assertThat(lines(lab.launch("uninstall --dry-run"))).isEqualTo(listed);
      assertThat(lines(lab.launch("uninstall"))).isEqualTo(listed);
      assertThat(kernel(lab)).isEqualTo(before);

      counter.reset();
      assertThat(lines(lab.launch("uninstall"))).isEmpty();
      assertThat(counter.writes()).as("by a second one").isEmpty();
    }
  }

  private static void assertRefusedBesideAnAgent(Lab lab) {
    var settled = kernel(lab);
    for (var command : List.of("uninstall", "")) {
      assertThat(lab.launch(command).exit())
          .as("exit of '" + command + "'")
          .isEqualTo(ALREADY_RUNNING);
    }
    assertThat(kernel(lab)).isEqualTo(settled);
  }

  private static List<String> lines(Shell.Output output) {
    assertThat(output.err()).isEmpty();
    assertThat(output.exit()).isZero();
    return output.out().lines().toList();
  }
}
