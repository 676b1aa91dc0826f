package felix.packets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Party;
import felix.lab.Party.Heard;
import felix.lab.Workload;
import felix.lab.World;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What IPv6 needs beside rules and sets, which the worlds of its kind show. */
@Tag("packets")
class Ipv6NetworkTest {
  private static final World.State STATE = withoutPolicies(World.named("ipv6-3"));

  /** Everything may pass by their profile. */
  private static final Workload FIRST = STATE.workloads().get(3);

  private static final Workload SECOND = STATE.workloads().get(4);

  /** Has no profile, and so nothing may pass. */
  private static final Workload CLOSED = STATE.workloads().get(1);

  private static final Party OUTSIDE = new Party("lab-fabric", "fd00:64::a41:fe");
  private static final Party NODE = new Party("lab-node", "fd00:64::a41:1");

  private static final String POOL = Example.RESOURCES + "ippools/default-ipv6-ippool";
  private static final String GATEWAY = "fe80::ecee:eeff:feee:eeee";
  private static final int BYTES = 100;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static World.State withoutPolicies(World world) {
    var state = world.states().getFirst();
    var kvs = new LinkedHashMap<>(state.kvs());
    kvs.keySet().removeIf(key -> key.contains("networkpolicies/"));
    return new World.State(kvs, state.workloads(), state.probes(), state.allowed());
  }

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  /** Every case leaves etcd as it found it. */
  abstract static class Cases extends OneLab {
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.load(STATE);
      OUTSIDE.shell().run("ip -6 route add fd00:64::ac1d:0/112 via " + NODE.ip());
    }

    @Test
    void whatLeavesThePoolHasTheNodesAddressAsLongAsThePoolSaysSo() {
      assertThat(FIRST.ipv6Party().udpTo(OUTSIDE, BYTES)).is(from(NODE));
      assertThat(FIRST.ipv6Party().tcpTo(OUTSIDE, BYTES)).is(from(NODE));

      var pool = requireNonNull(STATE.kvs().get(POOL));
      lab.etcd().put(POOL, pool.replace("\"natOutgoing\":true", "\"natOutgoing\":false"));
      Await.until(
          "the workload's own address is seen",
          LIMIT,
          () -> from(FIRST.ipv6Party()).matches(FIRST.ipv6Party().udpTo(OUTSIDE, BYTES)));
      lab.etcd().put(POOL, pool);
      Await.until(
          "the node's address is seen",
          LIMIT,
          () -> from(NODE).matches(FIRST.ipv6Party().udpTo(OUTSIDE, BYTES)));
    }

    @Test
    void whatStaysInThePoolKeepsItsAddress() {
      assertThat(FIRST.ipv6Party().tcpTo(SECOND.ipv6Party(), BYTES)).is(from(FIRST.ipv6Party()));
    }

    /** All was heard, and as coming from there. */
    private static Condition<Heard> from(Party party) {
      return new Condition<>(
          heard ->
              heard.whole()
                  && InetAddress.ofLiteral(heard.from()).equals(InetAddress.ofLiteral(party.ip())),
          "all of it, from %s",
          party.ip());
    }

    @Test
    void routeAndNeighbourComeAndGoWithTheEndpoint() {
      var route = "%s dev %s ".formatted(SECOND.ip6(), SECOND.iface());
      var neighbour =
          "%s dev %s lladdr %s PERMANENT".formatted(SECOND.ip6(), SECOND.iface(), SECOND.mac());
      assertThat(lab.kernelState()).contains(route, neighbour);

      var key = keyOf(SECOND);
      lab.etcd().delete(key);
      Await.until("both are gone", LIMIT, () -> !lab.kernelState().contains(SECOND.ip6() + " dev"));
      lab.etcd().put(key, requireNonNull(STATE.kvs().get(key)));
      Await.until(
          "both are back",
          LIMIT,
          () -> lab.kernelState().contains(route) && lab.kernelState().contains(neighbour));
    }

    private static String keyOf(Workload workload) {
      return STATE.kvs().entrySet().stream()
          .filter(entry -> entry.getValue().contains('"' + workload.iface() + '"'))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }

    /** Or it could not even be told that it may not. */
    @Test
    void aWorkloadThatMayDoNothingFindsItsGateway() {
      var shell = CLOSED.ipv6Party().shell();
      shell.run("ip -6 neigh flush dev eth0");
      assertThat(shell.attempt("ping -6 -q -n -c 1 -W 1 " + OUTSIDE.ip()).exit()).isNotZero();
      assertThat(shell.run("ip -6 neigh show %s dev eth0".formatted(GATEWAY)))
          .contains("lladdr ee:ee:ee:ee:ee:ee");
      assertThat(FIRST.ipv6Party().shell().attempt("ping -6 -q -n -c 1 " + OUTSIDE.ip()).exit())
          .as("one that may")
          .isZero();
    }

    @Test
    void aForgedAddressStopsAtTheRawTable() {
      var shell = FIRST.ipv6Party().shell();
      shell.run("ip -6 addr add fd00:64::bad/128 dev eth0 nodad");
      long before = stoppedByRule();
      var forged = shell.attempt("ping -6 -q -n -c 2 -i 0.2 -W 1 -I fd00:64::bad " + SECOND.ip6());
      shell.run("ip -6 addr del fd00:64::bad/128 dev eth0");
      assertThat(forged.exit()).isNotZero();
      assertThat(stoppedByRule() - before).isEqualTo(2);
    }

    private long stoppedByRule() {
      return lab.node()
          .shell()
          .run("ip6tables-%s-save -c -t raw".formatted(backend.word()))
          .lines()
          .filter(line -> line.contains("rpfilter"))
          .mapToLong(line -> Long.parseLong(line.substring(1, line.indexOf(':'))))
          .sum();
    }
  }
}
