package felix.rpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path procSys;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void aLooseHost() throws IOException {
    write("all", "0");
    write("default", "2");
    write("eth0", "2");
    write("cali1", "1");
    write("weave1", "0");
  }

  @Test
  void aLineForEachInterface() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            interface       all own effective verdict
            all             0   -   0         -
            default         0   2   2         refused
            cali1           0   1   1         enforced
            eth0            0   2   2         not a workload's interface
            weave1          0   0   0         not a workload's interface
            """);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            "refused: Reverse path filtering is loose (2): net.ipv4.conf.default.rp_filter.")
        .hasLineCount(1);
  }

  @Test
  void looseCanBeAccepted() throws IOException {
    assertThat(run(Map.of(), "--ignore-loose")).isEqualTo(1);
    assertThat(run(Map.of("FELIX_IGNORELOOSERPF", "true"))).isEqualTo(1);
    assertThat(run(Map.of("felix_IgnoreLooseRPF", "1"))).isEqualTo(1);
    assertThat(run(Map.of(), "-c", cfg("[global]\nIgnoreLooseRPF = \"yes\" # known"))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("default         0   2   2         tolerated")
        .contains("\ntolerated: only the agent's rule drops forged source addresses.");
  }

  @Test
  void environmentComesBeforeTheFile() throws IOException {
    String file = "--config-file=" + cfg("ignorelooserpf: true");
    assertThat(run(Map.of("FELIX_IGNORELOOSERPF", "false"), file)).isEqualTo(2);
    assertThat(run(Map.of("FELIX_IGNORELOOSERPF", " "), file)).isEqualTo(1);
  }

  @Test
  void workloadsInterfacesMayHaveOtherNames() throws IOException {
    write("default", "1");
    assertThat(run(Map.of())).isZero();
    assertThat(run(Map.of("FELIX_INTERFACEPREFIX", "cali,weave"))).isEqualTo(1);
    assertThat(run(Map.of(), "-c", cfg("InterfacePrefix = eth"))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'IgnoreLooseRPF = perhaps', 'IgnoreLooseRPF is \"perhaps\"'",
    "'InterfacePrefix = ../x', 'InterfacePrefix is \"../x\"'",
    "'nonsense', 'line 1'"
  })
  void whatMakesNoSenseIsSaidAndIgnored(String line, String complaint) throws IOException {
    assertThat(run(Map.of(), "-c", cfg(line))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint);
  }

  @Test
  void namesCannotForgeLines() throws IOException {
    write("cali\u001b[2J", "1");
    run(Map.of());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("cali\\u001b[2J")
        .doesNotContain("\u001b");
  }

  @Test
  void aHostWithoutIpv4IsRefusedAndNamed() {
    procSys = procSys.resolve("nowhere");
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("all.rp_filter cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c", "--config-file", "--loose", "x"})
  void wrongArgumentsAreAStatusOfTheirOwn(String argument) {
    assertThat(run(Map.of(), argument)).isEqualTo(Main.USAGE_STATUS);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: rpf-check");
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    var main =
        new Main(
            new RpFilterReader(procSys),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    List<String> all =
        arguments.length == 0 ? List.of("-c", procSys + "/none.cfg") : List.of(arguments);
    return main.run(all);
  }

  private String cfg(String text) throws IOException {
    return Files.writeString(procSys.resolve("felix.cfg"), text).toString();
  }

  private void write(String name, String value) throws IOException {
    var folder = Files.createDirectories(procSys.resolve("net/ipv4/conf").resolve(name));
    Files.writeString(folder.resolve("rp_filter"), value + "\n");
  }
}
