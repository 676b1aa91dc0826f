package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.netlink.RuleFingerprints;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the kernel's fingerprints are relied on for: whatever anybody changes of the rules, the
 * fingerprint of the table is another one. What iptables-save prints is the judge.
 */
@Tag("netns")
@ParameterizedClass
@MethodSource("environments")
class KernelFingerprintsTest {
  private static final ProgramFinder PROGRAMS = ProgramFinder.ofEnvironment();
  private static final CommandRunner RUNNER =
      new ProcessCommandRunner(PROGRAMS, Duration.ofSeconds(30));

  private static final int EDITS = 150;

  /** Each keeps something of its own for each packet. */
  private static final List<String> MATCHES_WITH_MOVING_PARTS =
      List.of(
          "-m limit --limit 10/min",
          "-m hashlimit --hashlimit-upto 10/min --hashlimit-name tables",
          "-m statistic --mode nth --every 3 --packet 0",
          "-m quota --quota 100000",
          "-m recent --name tables --set --rsource");

  private final IptablesTools tools;
  private final RuleFingerprints fingerprints = new LinuxNetlink(Duration.ofSeconds(10)).rules();

  KernelFingerprintsTest(IptablesTools tools) {
    this.tools = tools;
  }

  static Stream<IptablesTools> environments() {
    return Stream.of(IpVersion.values())
        .flatMap(version -> Stream.of(IptablesBackend.values()).map(b -> tools(version, b)));
  }

  private static IptablesTools tools(IpVersion version, IptablesBackend backend) {
    return IptablesTools.find(version, backend, LockWait.DEFAULT, PROGRAMS, RUNNER);
  }

  @BeforeEach
  void emptyTables() {
    NetworkNamespace.requireOwn();
    for (var table : Table.values()) {
      String chains =
          KernelChains.of(table).stream()
              .map(chain -> ":" + chain + " ACCEPT [0:0]\n")
              .collect(Collectors.joining());
      var result =
          RUNNER.run(
              List.of(tools.restoreCommand().getFirst()),
              "*" + table.kernelName() + "\n" + chains + "COMMIT\n");
      assertThat(result.exitCode()).as(result.errors()).isZero();
    }
  }

  private long fingerprint(Table table) {
    var found =
        switch (tools.backend()) {
          case LEGACY -> fingerprints.ipTables(tools.ipVersion(), table.kernelName());
          case NFT -> fingerprints.nfTables();
        };
    return found.orElseThrow();
  }

  /** The rules without comments, which hold the time. */
  private String rules(Table table, String... options) {
    var command = Stream.concat(tools.saveCommand(table).stream(), Stream.of(options)).toList();
    return RUNNER
        .run(command, "")
        .output()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> options.length > 0 ? line : line.replaceAll("\\[\\d+:\\d+]$", ""))
        .collect(Collectors.joining("\n"));
  }

  /** Some are refused, as others' are. */
  private boolean edit(Table table, String... lines) {
    String batch = "*" + table.kernelName() + "\n" + String.join("\n", lines) + "\nCOMMIT\n";
    return RUNNER.run(tools.restoreCommand(), batch).succeeded();
  }

  @Test
  void noChangeOfTheRulesLeavesTheFingerprintAsItWas() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    String rules = rules(Table.FILTER);
    long fingerprint = fingerprint(Table.FILTER);
    var seen = new HashMap<Long, String>(Map.of(fingerprint, rules));
    var changes = new HashSet<String>();
    for (int i = 0; i < EDITS; i++) {
      String line = randomEdit(random);
      boolean taken = edit(Table.FILTER, line);
      String now = rules(Table.FILTER);
      long fingerprintNow = fingerprint(Table.FILTER);
      String what = "seed %d, step %d, %s: %s".formatted(seed, i, taken, line);
      if (!now.equals(rules)) {
        changes.add(line.substring(0, 2));
        assertThat(fingerprintNow).as(what).isNotEqualTo(fingerprint);
      }
      if (!taken) {
        assertThat(fingerprintNow).as(what).isEqualTo(fingerprint);
      }
      String before = seen.putIfAbsent(fingerprintNow, now);
      assertThat(before).as("%s: was a fingerprint of other rules", what).isIn(null, now);
      rules = now;
      fingerprint = fingerprintNow;
    }
    assertThat(changes).as("kinds of change, seed %d", seed).hasSizeGreaterThan(4);
  }

  private String randomEdit(Random random) {
    String chain = Set.of("INPUT", "FORWARD", "cali-a", "cali-b").toArray()[random.nextInt(4)] + "";
    String other = random.nextBoolean() ? "cali-a" : "cali-b";
    return switch (random.nextInt(10)) {
      case 0 -> ":" + other + " - [0:0]";
      case 1 -> "-X " + other;
      case 2 -> "-F " + chain;
      case 3 -> ":FORWARD " + (random.nextBoolean() ? "DROP" : "ACCEPT") + " [7:7]";
      case 4 -> "-D " + chain + " 1";
      case 5, 6 -> "-R " + chain + " 1 " + rule(random, other);
      case 7 -> "-I " + chain + " " + rule(random, other);
      default -> "-A " + chain + " " + rule(random, other);
    };
  }

  /** Of few lengths, so that one often takes another's place. */
  private static String rule(Random random, String chain) {
    String target = random.nextInt(3) == 0 ? chain : random.nextBoolean() ? "DROP" : "ACCEPT";
    String comment = "-m comment --comment \"cali:" + (1_000 + random.nextInt(2_000)) + "\"";
    return switch (random.nextInt(3)) {
      case 0 -> "-i if" + random.nextInt(9) + " -j " + target;
      case 1 -> comment + " -j " + target;
      default -> comment + " -p tcp -m tcp --dport " + random.nextInt(100) + " -j " + target;
    };
  }

  @Test
  void everyTableHasAFingerprintThatFollowsItsChanges() {
    for (var table : Table.values()) {
      long before = fingerprint(table);
      assertThat(fingerprint(table)).isEqualTo(before);
      assertThat(edit(table, ":cali-a - [0:0]", "-A OUTPUT -j cali-a")).isTrue();
      assertThat(fingerprint(table)).as(table.kernelName()).isNotEqualTo(before);
    }
  }

  @Test
  void packetsAreNoChange() {
    RUNNER.run(List.of("ip", "link", "set", "lo", "up"), "");
    for (String match : MATCHES_WITH_MOVING_PARTS) {
      assertThat(edit(Table.FILTER, "-A INPUT -i lo " + match)).as(match).isTrue();
    }
    String counted = rules(Table.FILTER, "-c");
    long before = fingerprint(Table.FILTER);
    sendToMyself();
    assertThat(rules(Table.FILTER, "-c")).as("counters").isNotEqualTo(counted);
    assertThat(fingerprint(Table.FILTER)).isEqualTo(before);
  }

  private void sendToMyself() {
    String address = tools.ipVersion() == IpVersion.V4 ? "127.0.0.1" : "::1";
    String send = "for i in $(seq 20); do echo > /dev/udp/" + address + "/9; done";
    assertThat(RUNNER.run(List.of("bash", "-c", send), "").exitCode()).isZero();
  }

  @Test
  void aLookChangesNothing() {
    assertThat(edit(Table.FILTER, ":cali-a - [0:0]", "-A cali-a -j DROP")).isTrue();
    String rules = rules(Table.FILTER);
    long before = fingerprint(Table.FILTER);
    for (int i = 0; i < 20; i++) {
      assertThat(fingerprint(Table.FILTER)).isEqualTo(before);
    }
    assertThat(rules(Table.FILTER)).isEqualTo(rules);
  }

  @Test
  void aLargeTableHasOneToo() {
    var lines = new StringBuilder(":cali-a - [0:0]");
    for (int i = 0; i < 5_000; i++) {
      lines.append("\n-A cali-a -s ").append(address(i)).append(" -j DROP");
    }
    assertThat(edit(Table.FILTER, lines.toString())).isTrue();
    long before = fingerprint(Table.FILTER);
    assertThat(fingerprint(Table.FILTER)).isEqualTo(before);
    assertThat(edit(Table.FILTER, "-R cali-a 4999 -s " + address(6_000) + " -j DROP")).isTrue();
    assertThat(fingerprint(Table.FILTER)).isNotEqualTo(before);
  }

  private String address(int i) {
    return tools.ipVersion() == IpVersion.V4
        ? "10.1.%d.%d".formatted(i / 256, i % 256)
        : "fd00::%s".formatted(Integer.toHexString(i).toLowerCase(Locale.ROOT));
  }
}
