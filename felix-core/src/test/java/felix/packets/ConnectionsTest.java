package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Flow;
import felix.lab.Lab;
import felix.lab.Party;
import felix.lab.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are under way when endpoints and policies change. */
@Tag("packets")
class ConnectionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String OPT_IN = "FELIX_CONNTRACKCLEANUPONPOLICYCHANGE";
  private static final String ADDRESS = "172.29.1.9";
  private static final Workload OLD =
      new Workload("cali0000009", ADDRESS, "02:00:00:00:00:09", null);
  private static final Workload NEXT =
      new Workload("cali000000a", ADDRESS, "02:00:00:00:00:0a", null);
  private static final String CLOSED = Example.RESOURCES + "networkpolicies/default/default.closed";
  private static final String NOISE = Example.RESOURCES + "networkpolicies/default/default.noise";

  /** The next endpoint's policy lets nothing in; only what goes on unasked could get there. */
  @ParameterizedTest
  @CsvSource({"LEGACY, true", "LEGACY, false", "NFT, true", "NFT, false"})
  void whoGetsAnAddressGetsNoneOfItsConnections(Backend backend, boolean inOneChange) {
    try (var lab = new Lab(ConnectionsTest.class, backend)) {
      lab.load(Example.STATE);
      lab.node().plug(OLD);
      lab.node().plug(NEXT);
      lab.etcd().put(Example.endpointKey("old"), endpoint("old", OLD));
      lab.etcd()
          .put(
              CLOSED,
              Example.policy(
                  "closed",
                  "\"order\": 1, \"selector\": \"who == 'next'\", \"types\": [\"Ingress\"]"));
      lab.startAgent().awaitReady();
      awaitRoute(lab, OLD);
      try (var flow = Flow.udp(party(Example.BOOKSTORE), OLD.party(), 5_001)) {
        assertThat(flow.works()).isTrue();

        if (inOneChange) {
          lab.etcd()
              .write(
                  Map.of(Example.endpointKey("next"), endpoint("next", NEXT)),
                  List.of(Example.endpointKey("old")));
        } else {
          lab.etcd().delete(Example.endpointKey("old"));
          Await.until("its route is gone", LIMIT, () -> !lab.kernelState().contains(ADDRESS));
          lab.etcd().put(Example.endpointKey("next"), endpoint("next", NEXT));
        }
        awaitRoute(lab, NEXT);
        flow.answeredBy(NEXT.party());
        assertThat(flow.works()).isFalse();

        lab.etcd().delete(CLOSED);
        Await.until("nothing but its policy was in the way", LIMIT, flow::works);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAllowedConnectionIsTheSameBehindManyChangesOfPolicy(Backend backend) {
    try (var lab = new Lab(ConnectionsTest.class, backend)) {
      lab.set(OPT_IN, "Enabled");
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      try (var flow = Flow.tcp(party(Example.BOOKSTORE), party(Example.SERVER), 80)) {
        assertThat(flow.works()).isTrue();
        String before = connection(lab);
        assertThat(before).contains("id=");
        for (int round = 1; round <= 6; round++) {
          lab.etcd().put(NOISE, noise(10_000 + round));
          String port = "dports " + (10_000 + round);
          Await.until("round " + round, LIMIT, () -> lab.kernelState().contains(port));
          assertThat(flow.works()).isTrue();
        }
        assertThat(connection(lab)).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTightenedPolicyCutsWhatItDeniesAndNothingElse(Backend backend) {
    try (var lab = new Lab(ConnectionsTest.class, backend)) {
      lab.set(OPT_IN, "Enabled");
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      Party one = party(Example.SERVER);
      Party two = party(Example.BOOKSTORE);
      try (var denied = Flow.udp(one, two, 53);
          var allowed = Flow.udp(one, two, 54);
          var stream = Flow.tcp(two, one, 80);
          var ofOthers = Flow.udp(one, party(Example.FRUITSTORE), 53)) {
        var flows = List.of(denied, allowed, stream, ofOthers);
        assertThat(flows).allMatch(Flow::works);

        lab.etcd().put(Example.GATE, Example.gate());

        Await.until("it is cut", LIMIT, () -> !denied.works());
        assertThat(List.of(allowed, stream, ofOthers)).allMatch(Flow::works);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void connectionsOutliveTheirPermissionUnlessAskedNotTo(Backend backend) {
    try (var lab = new Lab(ConnectionsTest.class, backend)) {
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      try (var flow = Flow.udp(party(Example.SERVER), party(Example.BOOKSTORE), 53)) {
        assertThat(flow.works()).isTrue();

        lab.etcd().put(Example.GATE, Example.gate());
        lab.awaitClosed(Example.THROUGH_GATE);

        assertThat(flow.works()).isTrue();
      }
    }
  }

  private static void awaitRoute(Lab lab, Workload workload) {
    String route = ADDRESS + " dev " + workload.iface();
    Await.until(route, LIMIT, () -> lab.kernelState().contains(route));
  }

  private static String connection(Lab lab) {
    return lab.node()
        .shell()
        .run("conntrack -L -o id -p tcp --dport 80 2>/dev/null | grep -o 'src=.*'")
        .strip();
  }

  private static String endpoint(String pod, Workload workload) {
    return Example.endpoint(pod, workload.iface(), workload.ip(), workload.mac())
        .replace("\"labels\": {", "\"labels\": {\"who\": \"" + pod + "\", ");
  }

  /** Something of the server's policy that does not concern the connection. */
  private static String noise(int port) {
    return Example.policy(
        "noise",
        """
        "order": 5000, "selector": "biz_type == 'bookstore'", "types": ["Ingress"],
        "ingress": [{"action": "Deny", "protocol": "TCP", "destination": {"ports": [%d]}}]
        """
            .formatted(port));
  }

  private static Party party(String ip) {
    return Example.STATE.workloads().stream()
        .filter(workload -> workload.ip().equals(ip))
        .findFirst()
        .orElseThrow()
        .party();
  }
}
