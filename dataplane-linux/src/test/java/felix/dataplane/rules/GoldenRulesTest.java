package felix.dataplane.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.IpVersion;
import felix.model.Protocol;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The text of the rules against files; with {@code -Dgolden.update=true} the files are rewritten,
 * for their difference to be read.
 */
class GoldenRulesTest {
  @ParameterizedTest
  @CsvSource({
    "matches, V4",
    "matches, V6",
    "blocks, V4",
    "blocks, V6",
    "odd, V4",
    "odd, V6",
    "endpoints, V4"
  })
  void scenario(String name, IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("golden/" + name + ".scenario"));
    var chains = new HostChains(scenario, RuleSettings.defaults(), version).policies();
    compare(name, version, text(chains));
  }

  @ParameterizedTest
  @EnumSource(IpVersion.class)
  void allTablesWithUnusualSettings(IpVersion version) {
    var scenario = Scenario.parse(TestFiles.read("golden/unusual.scenario"));
    var host = new HostChains(scenario, unusual(), version);
    String tables =
        Arrays.stream(Table.values())
            .map(table -> "*" + table.kernelName() + "\n" + text(host.table(table).values()))
            .collect(joining());
    compare("unusual", version, tables);
  }

  private static RuleSettings unusual() {
    return new RuleSettings(
        MarkBits.fromMask(0x5500),
        List.of("cali", "a-long-prefix-x"),
        new RuleSettings.AllowActions(AllowAction.RETURN, AllowAction.RETURN),
        EndpointToHostAction.RETURN,
        new LogPrefix("say \"no\""),
        new RuleSettings.EncapsulatedPackets(64000, false, false),
        RuleSettings.defaults().nat(),
        false,
        new RuleSettings.FailsafePorts(List.of(new FailsafePort(Protocol.TCP, 22)), List.of()));
  }

  private static String text(Collection<Chain> chains) {
    var text = new StringBuilder();
    for (var chain : chains) {
      text.append(':').append(chain.name()).append('\n');
      for (var rule : RuleText.render(chain)) {
        text.append("-A ").append(chain.name()).append(' ').append(rule.spec()).append('\n');
      }
    }
    return text.toString();
  }

  private static void compare(String name, IpVersion version, String text) {
    String file = "golden/" + name + ".v" + version.number() + ".txt";
    if (Boolean.getBoolean("golden.update")) {
      TestFiles.write(file, text);
    }
    assertThat(text).isEqualTo(TestFiles.read(file));
  }
}
