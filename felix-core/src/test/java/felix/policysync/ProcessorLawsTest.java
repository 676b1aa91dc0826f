package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.TierPolicies;
import felix.model.Labels;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a host, of clients that come, go and stop reading, and of deltas that are
 * merged: after every step a client that reads holds what its workload needs and nothing else. The
 * order of what it is told, {@link Mirror} checks.
 */
class ProcessorLawsTest {
  private static final int STEPS = 60;

  private static Stream<Long> seeds() {
    return Stream.concat(Stream.of(1L, 2L, 3L), new Random().longs(60).boxed());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aClientHoldsWhatItsWorkloadNeeds(long seed) {
    var random = new Random(seed);
    var run = new Run(random);
    for (int step = 0; step < STEPS; step++) {
      run.step();
      for (Session session : run.sessions) {
        session.check(run.now, "seed " + seed + ", step " + step);
      }
    }
  }

  /** A stream, and what its client holds. */
  private record Session(Client client, Mirror mirror) {
    void check(RandomHost now, String where) {
      if (mirror.ended || !mirror.ready) {
        return;
      }
      ActiveWorkload workload = now.workloads().get(client.key());
      Map<PolicyRef, ActiveRules> policies = new HashMap<>();
      Map<String, ActiveRules> profiles = new HashMap<>();
      if (workload != null) {
        for (TierPolicies tier : workload.tiers()) {
          Stream.concat(tier.ingress().stream(), tier.egress().stream())
              .forEach(
                  key ->
                      policies.put(
                          new PolicyRef(tier.tier(), key),
                          Objects.requireNonNull(now.policies().get(key)).rules()));
        }
        workload
            .profiles()
            .forEach(name -> profiles.put(name, Objects.requireNonNull(now.profiles().get(name))));
      }
      assertThat(mirror.workload).as(where).isEqualTo(workload);
      assertThat(mirror.policies).as(where).isEqualTo(policies);
      assertThat(mirror.profiles).as(where).isEqualTo(profiles);
      assertThat(mirror.ipSets).as(where).isEqualTo(ipSets(policies, profiles, now));
      assertThat(mirror.labels).as(where).isEqualTo(labels(now));
      assertThat(mirror.inSync).as(where).isTrue();
    }

    private static Map<IpSetId, Set<IpSetMember>> ipSets(
        Map<PolicyRef, ActiveRules> policies, Map<String, ActiveRules> profiles, RandomHost now) {
      var ipSets = new HashMap<IpSetId, Set<IpSetMember>>();
      Stream.concat(policies.values().stream(), profiles.values().stream())
          .flatMap(rules -> Stream.concat(rules.ingress().stream(), rules.egress().stream()))
          .flatMap(rule -> Stream.of(rule.source(), rule.destination()))
          .flatMap(
              side ->
                  Stream.of(side.ipSets(), side.notIpSets(), side.portSets(), side.notPortSets()))
          .forEach(
              ids -> ids.forEach(id -> ipSets.put(id, now.ipSets().getOrDefault(id, Set.of()))));
      return ipSets;
    }

    private static Map<String, Labels> labels(RandomHost now) {
      var labels = new HashMap<String, Labels>();
      now.profileLabels()
          .forEach(
              (key, value) -> {
                String value0 = value.labels().toMap().values().iterator().next();
                switch (key.profile()) {
                  case "kns.default" -> labels.put("default", Labels.of(Map.of("a", value0)));
                  case "kns.web" -> labels.put("web", Labels.of(Map.of("a", value0)));
                  case "ksa.web.shop" -> labels.put("web/shop", value.labels());
                  default -> {}
                }
              });
      return labels;
    }
  }

  private static final class Run {
    private final Random random;
    private final Processor processor = new Processor();
    private final List<Session> sessions = new ArrayList<>();
    private RandomHost now = RandomHost.EMPTY;

    Run(Random random) {
      this.random = random;
      processor.apply(now.since(RandomHost.EMPTY));
    }

    void step() {
      switch (random.nextInt(6)) {
        case 0 -> join(RandomHost.key(random.nextInt(3)));
        case 1 -> leave();
        case 2 -> readOrNot();
        default -> change();
      }
    }

    private void join(WorkloadEndpointKey key) {
      var mirror = new Mirror();
      mirror.ready = random.nextInt(4) > 0;
      var client = new Client(key, mirror);
      processor.join(client);
      for (Session other : sessions) {
        assertThat(other.client.key().equals(key) && !other.mirror.ended)
            .as("two clients of " + key)
            .isFalse();
      }
      sessions.add(new Session(client, mirror));
    }

    private void leave() {
      if (!sessions.isEmpty()) {
        Session session = sessions.remove(random.nextInt(sessions.size()));
        processor.leave(session.client);
      }
    }

    private void readOrNot() {
      if (!sessions.isEmpty()) {
        Session session = sessions.get(random.nextInt(sessions.size()));
        session.mirror.ready = !session.mirror.ready;
        if (session.mirror.ready) {
          processor.ready(session.client);
        }
      }
    }

    private void change() {
      SyncDelta delta = null;
      for (int i = 0; i <= random.nextInt(3); i++) {
        RandomHost next = RandomHost.next(random);
        SyncDelta one = next.since(now);
        delta = delta == null ? one : delta.mergeLater(one);
        now = next;
      }
      if (delta != null) {
        processor.apply(delta);
      }
    }
  }
}
