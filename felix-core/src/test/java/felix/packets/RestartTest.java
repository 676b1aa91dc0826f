package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.WriteCounter;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent that is killed leaves the rules; one that comes back to what it left writes nothing. */
@Tag("packets")
class RestartTest {
  /**
   * Longer than the shortened refresh intervals, so that a re-read that writes would be seen too.
   */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @ParameterizedTest
  @EnumSource
  void afterKillAndRestartWithUnchangedDataNothingIsWritten(Backend backend) {
    try (var lab = new Lab(RestartTest.class, backend);
        var counter = new WriteCounter(lab.node())) {
      lab.set("PATH", counter.path());
      lab.set("FELIX_IPTABLESREFRESHINTERVAL", "2");
      lab.set("FELIX_IPSETSREFRESHINTERVAL", "2");
      lab.set("FELIX_ROUTEREFRESHINTERVAL", "2");
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      assertThat(counter.writes())
          .as("the counter sees what a first start writes")
          .anyMatch(line -> line.contains("cali-tw-cali0000001"))
          .anyMatch(line -> line.contains("cali40s:"))
          .anyMatch(line -> line.contains("172.29.1.1 dev cali0000001"))
          .anyMatch(line -> line.contains("PERMANENT"));
      assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
      var before = lab.kernelState();

      lab.agent().kill();
      assertThat(lab.wrongVerdicts(Example.STATE)).as("with no agent").isEmpty();
      counter.reset();
      lab.startAgent().awaitReady();
      assertThat(Await.stays(A_WHILE, () -> counter.writes().isEmpty()))
          .as(() -> String.join("\n", counter.writes()))
          .isTrue();
      assertThat(lab.kernelState()).isEqualTo(before);

      lab.etcd().put(Example.GATE, Example.gate());
      lab.awaitClosed(Example.THROUGH_GATE);
      assertThat(counter.writes()).as("the counter still counts").isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatChangedMeanwhileIsTakenAtTheNextStart(Backend backend) {
    try (var lab = new Lab(RestartTest.class, backend)) {
      lab.etcd().put(Example.GATE, Example.gate());
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.awaitClosed(Example.THROUGH_GATE);

      lab.agent().kill();
      lab.etcd().delete(Example.GATE);
      lab.etcd()
          .delete(
              Example.RESOURCES
                  + "networkpolicies/default/default.allow-bookstore-cliient-to-server");
      lab.startAgent().awaitReady();
      lab.awaitOpen(Example.THROUGH_GATE);
      lab.awaitOpen(Example.DENIED);
      lab.settle();
      assertThat(lab.kernelState()).doesNotContain("cali-pi-").doesNotContain("cali40s:");
    }
  }
}
