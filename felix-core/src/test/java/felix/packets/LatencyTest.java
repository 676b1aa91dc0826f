package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.EtcdEar;
import felix.lab.Figures;
import felix.lab.Lab;
import felix.lab.Probe;
import felix.lab.Workload;
import felix.latency.ChangeKind;
import felix.latency.LatencyStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From the put in etcd to the packet, and what the agent's own metrics say of that time. Times are
 * written down and not judged; that the parts add up is.
 *
 * <p>{@code -Dlatency.rounds=100 -Dlatency.remote=10000 -Dlatency.services=1000} measures in
 * earnest; {@code -Dlatency.stages=false} with {@code -Dlab.agent=…} an agent without the metric.
 */
@Tag("packets")
class LatencyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROUNDS = Integer.getInteger("latency.rounds", 3);
  private static final int LOCAL = Integer.getInteger("latency.local", 20);
  private static final int REMOTE = Integer.getInteger("latency.remote", 500);
  private static final int SERVICES = Integer.getInteger("latency.services", 50);
  private static final boolean STAGES =
      !"false".equals(System.getProperty("latency.stages", "true"));

  private static final String OPEN =
      Example.policy(
          "gate",
          """
          "order": 1, "selector": "biz_type == 'bookstore' && role == 'client'", "types": ["Ingress"],
          "ingress": [{"action": "Allow"}]
          """);

  private final Figures figures = new Figures(LatencyTest.class);
  private final Crowd crowd = new Crowd(REMOTE, SERVICES);

  /** One change from beginning to end, in seconds. */
  private record Round(double toPacket, double toWatcher, StageTimes stages) {
    /** The share of the time to the packet that is known. */
    double explained() {
      return (toWatcher + stages.untilServed()) / toPacket;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStagesOfEveryChangeAddUpToItsWay(Backend backend) {
    try (var lab = new Lab(LatencyTest.class, backend)) {
      start(lab);
      var policies = policies(lab);
      var endpoints = endpoints(lab, "idle");
      report(backend + " policy", policies);
      report(backend + " endpoint", endpoints);
      List<Round> disturbed;
      int changes;
      try (var unrest = crowd.new Unrest(lab)) {
        disturbed = policies(lab);
        disturbed.addAll(endpoints(lab, "busy"));
        changes = unrest.changes();
      }
      report(backend + " policy, churn of " + changes, disturbed.subList(0, ROUNDS));
      report(backend + " endpoint, churn", disturbed.subList(ROUNDS, 2 * ROUNDS));
      if (STAGES) {
        policies.forEach(LatencyTest::countsOnce);
        endpoints.forEach(LatencyTest::countsOnce);
        disturbed.forEach(LatencyTest::addsUp);
      }
    }
  }

  private void start(Lab lab) {
    lab.load(Example.STATE);
    lab.etcd().put(Example.GATE, OPEN);
    crowd.load(lab, LOCAL);
    lab.startAgent().awaitReady();
    lab.awaitOpen(Example.THROUGH_GATE);
  }

  private List<Round> policies(Lab lab) {
    var rounds = new ArrayList<Round>();
    try (var ear = lab.ear(Example.GATE)) {
      for (int i = 0; i < ROUNDS; i++) {
        lab.etcd().put(Example.GATE, Example.gate());
        lab.awaitClosed(Example.THROUGH_GATE);
        rounds.add(
            round(
                lab,
                ear,
                ChangeKind.POLICY,
                () -> lab.etcd().put(Example.GATE, OPEN),
                Example.THROUGH_GATE));
      }
    }
    return rounds;
  }

  private List<Round> endpoints(Lab lab, String when) {
    var rounds = new ArrayList<Round>();
    for (int i = 0; i < ROUNDS; i++) {
      var number = 10 + (when.equals("idle") ? 0 : ROUNDS) + i;
      var workload = Workload.ipv4(number);
      lab.node().plug(workload);
      var pod = "new" + number;
      var key = Example.endpointKey(pod);
      var value = Example.endpoint(pod, workload.iface(), workload.ip(), workload.mac());
      try (var ear = lab.ear(key)) {
        rounds.add(
            round(
                lab,
                ear,
                ChangeKind.ENDPOINT,
                () -> lab.etcd().put(key, value),
                Probe.udp(Example.SERVER, workload.ip(), 53)));
      }
    }
    return rounds;
  }

  private static Round round(Lab lab, EtcdEar ear, ChangeKind kind, Runnable put, Probe opened) {
    Await.stays(
        Duration.ofMillis(300), () -> true); // the ear listens, and nothing else is going on
    ear.forget();
    var before = stages(lab, kind);
    var onset = lab.onset(opened);
    Await.stays(Duration.ofMillis(50), () -> true);
    long began = System.nanoTime();
    put.run();
    double toPacket = (onset.nanoTime() - began) / 1e9;
    double toWatcher = (ear.nanoTime() - began) / 1e9;
    if (STAGES) {
      Await.until("it is counted", LIMIT, () -> stages(lab, kind).changes() > before.changes());
    }
    return new Round(toPacket, toWatcher, stages(lab, kind).minus(before));
  }

  private static StageTimes stages(Lab lab, ChangeKind kind) {
    if (STAGES) {
      return StageTimes.of(kind, lab.agent().metrics());
    }
    var none = new EnumMap<LatencyStage, Double>(LatencyStage.class);
    var counts = new EnumMap<LatencyStage, Long>(LatencyStage.class);
    for (var stage : LatencyStage.values()) {
      none.put(stage, 0.0);
      counts.put(stage, 0L);
    }
    return new StageTimes(none, counts);
  }

  private static void countsOnce(Round round) {
    assertThat(round.stages().counts()).allSatisfy((stage, n) -> assertThat(n).isEqualTo(1));
    addsUp(round);
  }

  private static void addsUp(Round round) {
    var stages = round.stages();
    assertThat(Map.copyOf(stages.counts()).values()).containsOnly(stages.changes());
    assertThat(stages.sum()).isCloseTo(stages.seconds(LatencyStage.TOTAL), within(1e-6));
  }

  private void report(String what, List<Round> rounds) {
    var packets = rounds.stream().mapToDouble(Round::toPacket).sorted().toArray();
    var shares = rounds.stream().mapToDouble(Round::explained).sorted().toArray();
    figures.add(
        "%s: put to packet p50 %.1f ms, p95 %.1f ms; explained of each, median %.0f %%"
            .formatted(
                what,
                1e3 * packets[packets.length / 2],
                1e3 * packets[(int) (packets.length * 0.95)],
                100 * shares[shares.length / 2]));
    var mean = 1e3 / rounds.size();
    var text =
        new StringBuilder(
            "    mean ms: etcd %.2f"
                .formatted(mean * rounds.stream().mapToDouble(Round::toWatcher).sum()));
    for (var stage : LatencyStage.values()) {
      text.append(
          ", %s %.2f"
              .formatted(
                  stage.word(),
                  mean * rounds.stream().mapToDouble(r -> r.stages().seconds(stage)).sum()));
    }
    figures.add(text.toString());
  }
}
