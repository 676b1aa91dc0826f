package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.datastore.EtcdServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfigCommandTest {
  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir Path folder;
  private Path file;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("felix.cfg");
    Files.writeString(
        file, "[global]\nLogPrefix = ours\nMaxIpsetSize = 1k\nIptablesRefrehInterval = 5\n");
    environment.put("FELIX_FELIXHOSTNAME", "node1");
    environment.put("FELIX_ETCDENDPOINTS", NOWHERE);
    environment.put("FELIX_WIREGUARDENABLED", "yes");
  }

  private ExitCode run(boolean offline, boolean json) throws InterruptedException {
    return new ConfigCommand(
            new Arguments.Config(file, offline, json),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run();
  }

  /** Without the lines of defaults, and blanks run together. */
  private String said() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.contains("# default"))
        .filter(line -> !line.isEmpty())
        .map(line -> line.replaceAll(" +", " "))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void tellsEachValueAndWhereItIsFrom() throws Exception {
    try (var etcd = new EtcdServer()) {
      environment.put("FELIX_ETCDENDPOINTS", etcd.endpoint().toString());
      etcd.put(
          "felixconfigurations/default",
          "{\"spec\": {\"ipv6Support\": false, \"logPrefix\": \"theirs\"}}");
      etcd.put(
          "felixconfigurations/node.node1",
          "{\"spec\": {\"defaultEndpointToHostAction\": \"Return\"}}");
      etcd.put("clusterinformations/default", "{\"spec\": {\"clusterGUID\": \"1234\"}}");

      assertThat(run(false, false)).isEqualTo(ExitCode.OK);
      assertThat(said().lines().filter(line -> !line.startsWith("#")))
          .containsExactlyInAnyOrder(
              "FelixHostname = node1 # the environment",
              "EtcdEndpoints = " + etcd.endpoint() + " # the environment",
              "WireguardEnabled = yes # the environment; unused: this agent does not encrypt",
              "LogPrefix = ours # the configuration file",
              "MaxIpsetSize = 1048576 # the configuration file, whose text is no value",
              "DefaultEndpointToHostAction = Return # this host's FelixConfiguration",
              "Ipv6Support = false # the default FelixConfiguration",
              "ClusterGUID = 1234 # ClusterInformation; unused: for usage reports, which this agent"
                  + " does not send");
      assertThat(said())
          .endsWith(
              """
              # Wrong:
              # IptablesRefrehInterval in the configuration file is unknown; is \
              IptablesRefreshInterval meant?
              # MaxIpsetSize in the configuration file is "1k", which is not a whole number from \
              1 to 2147483647: using 1048576""");
      assertThat(err.size()).isZero();
    }
  }

  @Test
  void saysWhenEtcdDoesNotAnswerAndTellsTheRest() throws InterruptedException {
    assertThat(run(false, false)).isEqualTo(ExitCode.UNAVAILABLE);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Settings of the datastore are not among these: ");
    assertThat(said()).contains("LogPrefix = ours # the configuration file");
  }

  @Test
  void asksNobodyWhenOffline() throws InterruptedException {
    assertThat(run(true, true)).isEqualTo(ExitCode.OK);

    assertThat(err.size()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "{\"name\": \"LogPrefix\", \"value\": \"ours\", \"source\": \"the configuration file\","
                + " \"valid\": true, \"unused\": \"\"}")
        .contains("is \\\"1k\\\", which is not")
        .endsWith("\"datastore\": \"not asked\"}\n");
  }

  @Test
  void saysThatTheAgentWouldWait() throws InterruptedException {
    environment.put("FELIX_NFTABLESMARKMASK", "0x1");

    assertThat(run(true, false)).isEqualTo(ExitCode.UNSUITABLE);
    assertThat(said()).contains("# Must be mended:\n# NftablesMarkMask in the environment");
  }

  @Test
  void saysThatTheFileIsNone() throws Exception {
    Files.writeString(file, "LogPrefix\n");

    assertThat(run(true, false)).isEqualTo(ExitCode.UNSUITABLE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("line 1");
  }
}
