package felix.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code bin/start-calico-felix} on a DC/OS node whose programs note how they are called. {@code
 * on-node} makes the node, in mounts that are gone with each command.
 */
@Tag("packets")
class StartScriptTest {
  private static final Path ON_NODE =
      Path.of("src/test/resources/packaging/on-node").toAbsolutePath();

  /** What a node keeps between two commands. */
  private static final Path NODE = Path.of("/run/lab/dcos");

  private static final Path NODENAME = NODE.resolve("var/calico/nodename");

  @BeforeEach
  void freshNode() {
    Shell.here().run("rm -rf %s && mkdir -p %s".formatted(NODE, NODENAME.getParent()));
  }

  @Test
  void freshNodeGetsProfileNameAndTunnels() throws IOException {
    run("prepare", "PROFILE=absent");

    assertThat(calls())
        .containsExactly(
            "detect_ip",
            "bootstrap dcos-calico-felix",
            "calicoctl get profile calico",
            "calicoctl create -f profile.yaml",
            "calico-node -startup NODENAME=10.0.0.7 IP=10.0.0.7",
            "calico-node -allocate-tunnel-addrs NODENAME=10.0.0.7 IP=10.0.0.7");
    assertThat(NODENAME).hasContent("10.0.0.7\n");
  }

  @Test
  void profileThatExistsIsLeftAlone() throws IOException {
    run("prepare", "PROFILE=present");

    assertThat(calls()).contains("calicoctl get profile calico").noneMatch(StartScriptTest::writes);
  }

  @Test
  void profileIsOfNoInterestOnANodeThatHadAnAgent() throws IOException {
    Files.writeString(NODENAME, "10.0.0.7\n");
    run("prepare", "PROFILE=absent");

    assertThat(calls()).noneMatch(call -> call.startsWith("calicoctl"));
  }

  @Test
  void nodeStaysFreshUntilItsProfileIsKnownToBeThere() throws IOException {
    assertThat(attempt("prepare", "PROFILE=unreachable").exit()).isNotZero();

    assertThat(NODENAME).doesNotExist();
    assertThat(calls()).noneMatch(call -> call.startsWith("calico-node"));
  }

  @Test
  void failingCalicoNodeFailsThePreparation() {
    assertThat(attempt("prepare", "PROFILE=present CALICO_NODE=fails").exit()).isNotZero();
  }

  @Test
  void addressThatCannotBeDetectedFailsThePreparation() {
    assertThat(attempt("prepare", "PROFILE=present ADDRESS=").exit()).isNotZero();
    assertThat(NODENAME).doesNotExist();
  }

  /** The folder is the service's, which must not make root write elsewhere. */
  @Test
  void linkInThePlaceOfTheNameIsNotFollowed() throws IOException {
    Path elsewhere = NODE.resolve("elsewhere");
    Files.createSymbolicLink(NODENAME, elsewhere);
    run("prepare", "PROFILE=present");

    assertThat(elsewhere).doesNotExist();
    assertThat(NODENAME).isRegularFile();
  }

  @Test
  void onlyProgramsOfDcosGetItsLibraries() throws IOException {
    String agent =
        run("", "LD_LIBRARY_PATH=/opt/mesosphere/lib PATH=/opt/mesosphere/bin:/usr/bin:/bin");
    run("prepare", "PROFILE=present LD_LIBRARY_PATH=/opt/mesosphere/lib LIBRARIES=shown");

    assertThat(agent).contains("LD_LIBRARY_PATH=\n").contains("PATH=/usr/local/sbin:");
    assertThat(calls())
        .contains("calico-node -startup NODENAME=10.0.0.7 IP=10.0.0.7 /opt/mesosphere/lib");
  }

  @ParameterizedTest
  @CsvSource({
    "NODENAME=a, a",
    "NODENAME=a FELIX_FELIXHOSTNAME=b, b",
    "NOTHING=, 10.0.0.9",
  })
  void agentIsCalledWhatItIsToldOrElseWhatTheNodeWasPreparedAs(String environment, String name)
      throws IOException {
    Files.writeString(NODENAME, "10.0.0.9\n");

    assertThat(run("", environment)).contains("FELIX_FELIXHOSTNAME=" + name + "\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 2", "64, 64"})
  void checkToleratesWhatRpfCheckTolerates(int verdict, int status) {
    assertThat(attempt("check", "RPF_CHECK=" + verdict).exit()).isEqualTo(status);
  }

  private static boolean writes(String call) {
    return call.startsWith("calicoctl") && !call.startsWith("calicoctl get");
  }

  private static String run(String command, String environment) {
    return Shell.here().run(onNode(command, environment));
  }

  private static Shell.Output attempt(String command, String environment) {
    return Shell.here().attempt(onNode(command, environment));
  }

  private static String onNode(String command, String environment) {
    return "unshare --mount %s %s '%s' %s".formatted(ON_NODE, NODE, environment, command);
  }

  private static List<String> calls() throws IOException {
    return Files.readAllLines(NODE.resolve("calls"));
  }
}
