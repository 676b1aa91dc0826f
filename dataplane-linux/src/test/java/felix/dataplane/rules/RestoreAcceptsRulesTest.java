package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.delta.IpSetId;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rendered against the real iptables: it takes all, and shows it again rule by rule. */
@Tag("netns")
class RestoreAcceptsRulesTest {
  private static final int SCENARIOS = 40;
  private static final CommandRunner RUNNER =
      new ProcessCommandRunner(ProgramFinder.ofEnvironment(), Duration.ofSeconds(60));
  private static final Pattern RULE = Pattern.compile("-A (\\S+) .*?\"cali:([^\"]{16})\".*");

  @BeforeEach
  void makeSets() {
    NetworkNamespace.requireOwn();
    var sets = new StringBuilder();
    for (var version : IpVersion.values()) {
      String family = version == IpVersion.V4 ? "inet" : "inet6";
      for (IpSetId id : new RandomScenario(0).sets().bySet().keySet()) {
        String type = id.value().startsWith("n:") ? "hash:ip,port" : "hash:net";
        String name = IpSetNames.kernelName(version, id);
        sets.append("create ").append(name).append(' ').append(type);
        sets.append(" family ").append(family).append(" -exist\n");
      }
    }
    run(sets.toString(), "ipset", "restore");
  }

  @ParameterizedTest
  @CsvSource({"legacy, V4", "legacy, V6", "nft, V4", "nft, V6"})
  void everyTableIsTakenAndReadsBackTheSame(String backend, IpVersion version) {
    String program = (version == IpVersion.V4 ? "iptables-" : "ip6tables-") + backend;
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var random = new RandomScenario(seed);
      var host = new HostChains(random.scenario(), random.settings(), version);
      for (var table : Table.values()) {
        var chains = host.table(table);
        run(input(table, chains), program + "-restore");
        String saved = run("", program + "-save", "-t", table.kernelName());
        assertThat(hashes(saved)).as("seed %d, %s", seed, table).isEqualTo(hashes(chains));
      }
    }
  }

  private static String input(Table table, Map<String, Chain> chains) {
    var text = new StringBuilder("*" + table.kernelName() + "\n");
    chains
        .keySet()
        .forEach(
            name -> text.append(':').append(name).append(isKernels(name) ? " ACCEPT\n" : " -\n"));
    for (var chain : chains.values()) {
      for (var rule : RuleText.render(chain)) {
        text.append("-A ").append(chain.name()).append(' ').append(rule.spec()).append('\n');
      }
    }
    return text.append("COMMIT\n").toString();
  }

  private static boolean isKernels(String chain) {
    return !chain.startsWith(ChainNames.PREFIX);
  }

  private static Map<String, List<String>> hashes(Map<String, Chain> chains) {
    var hashes = new HashMap<String, List<String>>();
    for (var chain : chains.values()) {
      for (var rule : RuleText.render(chain)) {
        hashes.computeIfAbsent(chain.name(), name -> new ArrayList<>()).add(rule.hash());
      }
    }
    return hashes;
  }

  private static Map<String, List<String>> hashes(String saved) {
    var hashes = new HashMap<String, List<String>>();
    for (String line : saved.lines().toList()) {
      var rule = RULE.matcher(line);
      if (rule.matches()) {
        hashes.computeIfAbsent(rule.group(1), name -> new ArrayList<>()).add(rule.group(2));
      }
    }
    return hashes;
  }

  private static String run(String input, String... command) {
    var result = RUNNER.run(List.of(command), input);
    assertThat(result.exitCode()).as("%s\n%s", result.errors(), input).isZero();
    return result.output();
  }
}
