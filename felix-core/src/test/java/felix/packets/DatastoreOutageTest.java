package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent without its datastore, and with one that is not ready for it. */
@Tag("packets")
class DatastoreOutageTest {
  private static final Duration A_WHILE = Duration.ofSeconds(3);
  private static final String CLUSTER = Example.RESOURCES + "clusterinformations/default";

  @ParameterizedTest
  @EnumSource
  void rulesStayWithoutEtcdAndLaterChangesAreTaken(Backend backend) {
    try (var lab = new Lab(DatastoreOutageTest.class, backend)) {
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      var before = lab.kernelState();

      lab.etcd().kill();
      assertThat(Await.stays(A_WHILE, () -> lab.kernelState().equals(before))).isTrue();
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();

      lab.etcd().startAgain();
      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);
      lab.etcd().delete(Example.GATE);
      lab.awaitOpen(Example.THROUGH_GATE);
      lab.agent().mustBeAlive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsProgrammedBeforeTheDatastoreIsReady(Backend backend) {
    var ready = Objects.requireNonNull(Example.STATE.kvs().get(CLUSTER));
    assertThat(ready).contains("\"datastoreReady\":true");
    try (var lab = new Lab(DatastoreOutageTest.class, backend)) {
      lab.load(Example.STATE);
      lab.etcd().put(CLUSTER, ready.replace("\"datastoreReady\":true", "\"datastoreReady\":false"));
      var before = lab.kernelState();
      var agent = lab.startAgent();
      Await.until("the agent is live", Duration.ofSeconds(30), () -> agent.answersWell("liveness"));
      assertThat(Await.stays(A_WHILE, () -> lab.kernelState().equals(before))).isTrue();

      lab.etcd().put(CLUSTER, ready);
      agent.awaitReady();
      lab.awaitClosed(Example.DENIED);
      lab.awaitOpen(Example.ALLOWED);
    }
  }
}
