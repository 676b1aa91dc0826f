package felix.dataplane.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rendered against the real iptables: it takes all, and shows it again rule by rule. */
@Tag("netns")
class RestoreAcceptsRulesTest {
  private static final int SCENARIOS = 40;
  private static final int PREFIXES = 3;
  private static final CommandRunner RUNNER =
      new ProcessCommandRunner(ProgramFinder.ofEnvironment(), Duration.ofSeconds(60));
  private static final Pattern SET = Pattern.compile("--match-set (\\S+) (\\S+)");
  private static final Pattern RULE = Pattern.compile("-A (\\S+) .*?\"cali:([^\"]{16})\".*");

  @BeforeEach
  void isAwayFromTheHost() {
    NetworkNamespace.requireOwn();
  }

  @ParameterizedTest
  @CsvSource({"legacy, V4", "legacy, V6", "nft, V4", "nft, V6"})
  void everyTableIsTakenAndReadsBackTheSame(String backend, IpVersion version) {
    for (String name : List.of("matches", "blocks", "odd")) {
      var scenario = Scenario.parse(TestFiles.read("golden/" + name + ".scenario"));
      var host = new HostChains(scenario, RuleSettings.defaults(), version);
      writeAndReadBack(backend, version, host.table(Table.FILTER).values(), Table.FILTER, name);
    }
    for (long seed = 0; seed < SCENARIOS; seed++) {
      var random = new RandomScenario(seed);
      var host =
          new HostChains(random.scenario(), random.settings(), version, random.overlay(version));
      for (var table : Table.values()) {
        var chains = host.table(table).values();
        writeAndReadBack(backend, version, chains, table, "seed " + seed);
      }
    }
  }

  /** Every limit that the setting can have at its ends, under prefixes with anything in them. */
  @ParameterizedTest
  @CsvSource({"legacy, V4", "legacy, V6", "nft, V4", "nft, V6"})
  void everyRuleThatLogsIsTaken(String backend, IpVersion version) {
    for (long seed = 0; seed < PREFIXES; seed++) {
      var random = new Random(seed);
      var limits = new ArrayList<LogLimit>();
      for (var unit : LogLimit.Unit.values()) {
        for (int packets : new int[] {1, 2, 31, 9_999, 1 + random.nextInt(9_999)}) {
          for (int burst : new int[] {0, 1, 5, 9_999, random.nextInt(10_000)}) {
            limits.add(new LogLimit(packets, unit, burst));
          }
        }
      }
      var rules = new ArrayList<Rule>();
      for (var limit : limits) {
        var owner = new RuleOwner("gnp", oddText(random), oddText(random), oddText(random));
        var lines = new LogRules(oddText(random), limit).linesOf(owner);
        rules.add(Rule.of(new Action.Log(lines.prefix()), new Match.Limited(limit)));
      }
      var chain = new Chain("cali-pi-odd", rules);
      writeAndReadBack(backend, version, List.of(chain), Table.FILTER, "seed " + seed);
    }
  }

  private static String oddText(Random random) {
    String alphabet = "aZ0 \"'\\\n\r\t\0%tknp$`;#|&<>*!-ü€\ud83d\ude00";
    var text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static void writeAndReadBack(
      String backend, IpVersion version, Collection<Chain> chains, Table table, String what) {
    String program = (version == IpVersion.V4 ? "iptables-" : "ip6tables-") + backend;
    String input = input(table, chains);
    makeSets(version, input);
    run(input, program + "-restore");
    String saved = run("", program + "-save", "-t", table.kernelName());
    assertThat(hashes(saved)).as("%s, %s", what, table).isEqualTo(hashes(chains));
  }

  private static void makeSets(IpVersion version, String rules) {
    String family = version == IpVersion.V4 ? "inet" : "inet6";
    String sets =
        SET.matcher(rules)
            .results()
            .map(
                set ->
                    "create %s %s family %s -exist\n"
                        .formatted(
                            set.group(1),
                            set.group(2).contains(",") ? "hash:ip,port" : "hash:net",
                            family))
            .distinct()
            .collect(joining());
    run(sets, "ipset", "restore");
  }

  private static String input(Table table, Collection<Chain> chains) {
    var text = new StringBuilder("*" + table.kernelName() + "\n");
    for (var chain : chains) {
      text.append(':').append(chain.name());
      text.append(chain.name().startsWith(ChainNames.PREFIX) ? " -\n" : " ACCEPT\n");
    }
    for (var chain : chains) {
      for (var rule : RuleText.render(chain)) {
        text.append("-A ").append(chain.name()).append(' ').append(rule.spec()).append('\n');
      }
    }
    return text.append("COMMIT\n").toString();
  }

  private static Map<String, List<String>> hashes(Collection<Chain> chains) {
    var hashes = new HashMap<String, List<String>>();
    for (var chain : chains) {
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
