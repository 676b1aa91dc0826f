package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Await;
import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.WriteCounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an agent does when nothing happens: what its settings ask for, and to wake up once a second
 * as a sign of life. Counts are held against the time that passed, and no time is judged.
 */
@Tag("packets")
class IdleAgentTest {
  private static final String HOST = "/calico/felix/v2/no-region/host/node1/";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(25);
  private static final int REPORT_SECONDS = 5;

  /** A watch that is silent for so long is asked after. */
  private static final int QUESTION_SECONDS = 10;

  /**
   * They wake once a second, and go to sleep once more where they wait for an answer. One that has
   * fewer is not here: it sleeps until there is something to do.
   */
  private static final List<String> ONCE_A_SECOND =
      List.of("etcd", "calc-graph", "iface-monitor", "health", "status");

  @TempDir Path files;

  @Test
  void idleAgentDoesWhatItsSettingsAskForAndNoMore() throws Exception {
    try (var lab = new Lab(IdleAgentTest.class, Backend.LEGACY);
        var counter = new WriteCounter(lab.node())) {
      lab.set("PATH", counter.path());
      lab.set("FELIX_REPORTINGINTERVALSECS", Integer.toString(REPORT_SECONDS));
      lab.set("FELIX_ENDPOINTREPORTINGENABLED", "true");
      lab.set("FELIX_ENDPOINTREPORTINGDELAYSECS", "0.5");
      lab.set("FELIX_ENDPOINTSTATUSPATHPREFIX", files.toString());
      lab.load(Example.STATE);
      lab.startAgent().awaitReady();
      lab.settle();
      Await.until("it reports itself", LIMIT, () -> !lab.etcd().get(HOST + "status").isEmpty());
      Path folder = files.resolve("endpoint-status");
      Await.until("files are written", LIMIT, () -> count(folder) == 3);
      Object written = Files.getLastModifiedTime(folder);
      counter.reset();

      long began = System.nanoTime();
      Map<String, Long> asked = asked(lab);
      Map<String, Long> slept = lab.agent().sleeps();
      Await.stays(A_WHILE, () -> !lab.agent().sleeps().isEmpty());
      Map<String, Long> askedLater = asked(lab);
      Map<String, Long> sleptLater = lab.agent().sleeps();
      long seconds = (System.nanoTime() - began) / 1_000_000_000 + 1;

      assertThat(counter.writes()).as("writes to the kernel").isEmpty();
      assertThat(Files.getLastModifiedTime(folder)).as("files of endpoints").isEqualTo(written);
      long reports = more(asked, askedLater, "LeaseGrant");
      assertThat(reports).isBetween(1L, seconds / REPORT_SECONDS + 1);
      assertThat(more(asked, askedLater, "Put")).isBetween(reports * 2 - 1, reports * 2 + 1);
      assertThat(more(asked, askedLater, "Range"))
          .as("questions to etcd")
          .isLessThanOrEqualTo(seconds / QUESTION_SECONDS + 1);
      assertThat(more(asked, askedLater, "Watch")).as("watches begun").isZero();
      assertThat(more(asked, askedLater, "DeleteRange")).isZero();
      assertThat(connections(lab)).as("connections to etcd").isEqualTo("1");
      for (String thread : ONCE_A_SECOND) {
        assertThat(more(slept, sleptLater, thread))
            .as("%s in %d s", thread, seconds)
            .isLessThanOrEqualTo(2 * seconds);
      }
      assertThat(more(slept, sleptLater, "status-files")).isLessThanOrEqualTo(seconds);
    }
  }

  private static long count(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  private static long more(Map<String, Long> before, Map<String, Long> after, String what) {
    return after.getOrDefault(what, 0L) - before.getOrDefault(what, 0L);
  }

  /** How often etcd was called so far, by the call's name. */
  private static Map<String, Long> asked(Lab lab) {
    String metrics =
        lab.node().shell().run("curl -q -s --noproxy '*' -m 5 http://127.0.0.1:2379/metrics");
    return metrics
        .lines()
        .filter(line -> line.startsWith("grpc_server_started_total{"))
        .collect(
            Collectors.toMap(
                line -> line.replaceAll(".*grpc_method=\"([A-Za-z]+)\".*", "$1"),
                line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                Long::sum));
  }

  /** Those of the agent, which is the only Java that has any. */
  private static String connections(Lab lab) {
    return lab.node()
        .shell()
        .run("ss -Htnp state established '( dport = :2379 )' | grep -c '\"java\"' || true")
        .strip();
  }
}
