package felix.dataplane.iptables;

import static felix.dataplane.iptables.TestRules.chain;
import static felix.dataplane.iptables.TestRules.dropFrom;
import static felix.dataplane.iptables.TestRules.dropping;
import static felix.dataplane.iptables.TestRules.jump;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.iptables.TableDriver.Beside;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.rules.Action;
import felix.dataplane.rules.LogPrefix;
import felix.dataplane.rules.Match;
import felix.dataplane.rules.Rule;
import felix.dataplane.rules.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the driver does to a table, and what it relies on. Run against the fake and against the
 * kernel: what holds for one must hold for the other.
 */
abstract class TableDriverContract {
  private static final Table TABLE = Table.FILTER;

  private final IptablesTools tools;
  private final RecordingRunner runner;

  /**
   * Makes a test.
   *
   * @param runner over tables as a host has them that was just started
   */
  TableDriverContract(IptablesTools tools, CommandRunner runner) {
    this.tools = tools;
    this.runner = new RecordingRunner(runner);
  }

  /** How many random histories can be played in a few seconds. */
  abstract int histories();

  /** Reads on the spot, if the kernel's fingerprint says that there is anything to read. */
  abstract Beside beside();

  private TableDriver driver() {
    return driver(TABLE, ChainInsertMode.INSERT);
  }

  private TableDriver driver(Table table, ChainInsertMode mode) {
    return new TableDriver(table, mode, tools, runner, beside());
  }

  private void wantBookstore(TableDriver driver) {
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-tw-a"), dropFrom("a")));
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1", "a2", "a3"));
    driver.hooks().set("FORWARD", List.of(jump("cali-FORWARD")));
  }

  private void applied(TableDriver driver) {
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  /** Another program's transaction. */
  private void foreign(String... lines) {
    String batch = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n";
    var result = runner.run(tools.restoreCommand(), batch);
    assertThat(result.exitCode()).as(result.errors()).isZero();
  }

  private boolean kernelTakes(String... lines) {
    String batch = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n";
    return runner.run(tools.restoreCommand(), batch).succeeded();
  }

  private String dump() {
    return dump(TABLE);
  }

  private String dump(Table table) {
    return runner.run(tools.saveCommand(table), "").output();
  }

  /** The rules of a chain as iptables-save prints them, less the hash. */
  private List<String> rules(String chain) {
    return dump()
        .lines()
        .filter(line -> line.startsWith("-A " + chain + " "))
        .map(line -> line.substring(("-A " + chain + " ").length()))
        .map(spec -> spec.replaceFirst("-m comment --comment \"cali:[\\w-]{16}\" ", ""))
        .toList();
  }

  private List<String> ownChains() {
    return dump().lines().filter(line -> line.startsWith(":cali-")).map(this::name).toList();
  }

  private String name(String declaration) {
    return declaration.substring(1, declaration.indexOf(' '));
  }

  private void assertQuiet(TableDriver driver) {
    int writes = runner.writes();
    driver.queueResync();
    applied(driver);
    assertThat(runner.writes()).as("writes to a table that was right").isEqualTo(writes);
  }

  // What the driver relies on.

  @Test
  void aRuleMayNotLeadToAnUnknownChain() {
    assertThat(kernelTakes(":cali-a - [0:0]", "-A cali-a -j cali-nowhere")).isFalse();
  }

  @Test
  void natDropsNothing() {
    String batch = "*nat\n-A OUTPUT -j DROP\nCOMMIT\n";
    assertThat(runner.run(tools.restoreCommand(), batch).succeeded()).isFalse();
  }

  @Test
  void aChainThatIsReferredToCannotBeDeleted() {
    foreign(":cali-a - [0:0]", ":cali-b - [0:0]", "-A cali-a -j cali-b");
    assertThat(kernelTakes("--delete-chain cali-b")).isFalse();
  }

  @Test
  void aChainWithRulesCannotBeDeleted() {
    foreign(":cali-a - [0:0]", "-A cali-a -j DROP");
    assertThat(kernelTakes("--delete-chain cali-a")).isFalse();
  }

  @Test
  void oneBadLineLeavesNothingOfItsTransaction() {
    var before = rulesAndChains();
    assertThat(kernelTakes(":cali-a - [0:0]", "-A cali-a -j DROP", "-D FORWARD -i x -j DROP"))
        .isFalse();
    assertThat(rulesAndChains()).isEqualTo(before);
  }

  @Test
  void declaringAChainEmptiesIt() {
    foreign(":cali-a - [0:0]", "-A cali-a -j DROP");
    foreign(":cali-a - [0:0]");
    assertThat(rules("cali-a")).isEmpty();
  }

  @Test
  void declaringAChainOfTheKernelLeavesItsRules() {
    foreign("-A FORWARD -i x -j DROP");
    foreign(":FORWARD ACCEPT [0:0]");
    assertThat(rules("FORWARD")).containsExactly("-i x -j DROP");
  }

  @Test
  void aRuleNumberThatIsNotThereIsRefused() {
    foreign(":cali-a - [0:0]", "-A cali-a -j DROP");
    assertThat(kernelTakes("-R cali-a 2 -j DROP")).isFalse();
    assertThat(kernelTakes("-D cali-a 2")).isFalse();
  }

  @Test
  void inputWithoutCommitIsRefused() {
    var result = runner.run(tools.restoreCommand(), "*filter\n:cali-a - [0:0]\n");
    assertThat(result.succeeded()).isFalse();
    assertThat(ownChains()).isEmpty();
  }

  private List<String> rulesAndChains() {
    return dump().lines().filter(line -> !line.startsWith("#")).toList();
  }

  // What it does.

  @ParameterizedTest
  @EnumSource
  void everyTableIsBroughtToWhatIsDesired(Table table) {
    var driver = driver(table, ChainInsertMode.INSERT);
    driver.chains().set("cali-a", chain("cali-a"));
    driver.chains().set("cali-OUTPUT", chain("cali-OUTPUT", jump("cali-a")));
    driver.hooks().set("OUTPUT", List.of(jump("cali-OUTPUT")));
    applied(driver);
    assertThat(dump(table)).contains(":cali-OUTPUT ").contains("-j cali-OUTPUT");
    assertQuiet(driver);
  }

  @Test
  void firstStartMakesChainsBeforeTheyAreReferredTo() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD");
    assertThat(rules("cali-FORWARD")).containsExactly("-j cali-tw-a", "-i a -j DROP");
    assertThat(rules("cali-tw-a"))
        .containsExactly("-i a1 -j DROP", "-i a2 -j DROP", "-i a3 -j DROP");
    assertQuiet(driver);
  }

  @Test
  void secondApplyNeitherReadsNorWrites() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    int writes = runner.writes();
    int reads = runner.reads();
    applied(driver);
    wantBookstore(driver);
    applied(driver);
    assertThat(runner.writes()).isEqualTo(writes);
    assertThat(runner.reads()).isEqualTo(reads);
  }

  @Test
  void restartWithEqualDataWritesNothing() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    int writes = runner.writes();
    var restarted = driver();
    wantBookstore(restarted);
    applied(restarted);
    assertThat(runner.writes()).isEqualTo(writes);
  }

  @Test
  void restartWithOtherDataRemovesWhatIsNoLongerWanted() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    var restarted = driver();
    restarted.chains().set("cali-OUTPUT", dropping("cali-OUTPUT", "a"));
    restarted.hooks().set("OUTPUT", List.of(jump("cali-OUTPUT")));
    applied(restarted);
    assertThat(ownChains()).containsExactly("cali-OUTPUT");
    assertThat(rules("FORWARD")).isEmpty();
    assertQuiet(restarted);
  }

  @Test
  void aChangedChainIsWrittenWithoutReadingTheTable() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    int reads = runner.reads();
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1", "b2", "b3", "b4"));
    applied(driver);
    assertThat(runner.reads()).isEqualTo(reads);
    assertThat(rules("cali-tw-a"))
        .containsExactly("-i a1 -j DROP", "-i b2 -j DROP", "-i b3 -j DROP", "-i b4 -j DROP");
    assertQuiet(driver);
  }

  @Test
  void hooksChangeAgainAndAgainWithoutReadingTheTable() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    int reads = runner.reads();
    for (var chain : List.of("cali-tw-a", "cali-FORWARD", "cali-tw-a")) {
      driver.hooks().set("FORWARD", List.of(jump(chain)));
      applied(driver);
    }
    driver.hooks().remove("FORWARD");
    applied(driver);
    driver.hooks().set("FORWARD", List.of(jump("cali-FORWARD")));
    applied(driver);
    assertThat(runner.reads()).isEqualTo(reads);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD");
    assertQuiet(driver);
  }

  @Test
  void desiringOtherThingsForgetsWhatWasNeverApplied() {
    var driver = driver();
    wantBookstore(driver);
    driver.chains().replaceAll(Map.of("cali-b", chain("cali-b", dropFrom("b"))));
    driver.hooks().replaceAll(Map.of("INPUT", List.of(jump("cali-b"))));
    applied(driver);
    assertThat(ownChains()).containsExactly("cali-b");
    assertThat(rules("FORWARD")).isEmpty();
    assertThat(rules("INPUT")).containsExactly("-j cali-b");
  }

  @Test
  void aChainMayGetFewerRulesOrNone() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1"));
    applied(driver);
    assertThat(rules("cali-tw-a")).containsExactly("-i a1 -j DROP");
    driver.chains().set("cali-tw-a", chain("cali-tw-a"));
    applied(driver);
    assertThat(rules("cali-tw-a")).isEmpty();
    assertThat(ownChains()).contains("cali-tw-a");
    assertQuiet(driver);
  }

  @Test
  void chainsThatLeadToEachOtherGoInOneApply() {
    var driver = driver();
    wantBookstore(driver);
    driver.chains().set("cali-b", chain("cali-b", jump("cali-c")));
    driver.chains().set("cali-c", chain("cali-c", jump("cali-d")));
    driver.chains().set("cali-d", chain("cali-d", dropFrom("x")));
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-b"), jump("cali-d")));
    applied(driver);
    driver.chains().remove("cali-b");
    driver.chains().remove("cali-c");
    driver.chains().remove("cali-d");
    wantBookstore(driver);
    applied(driver);
    assertThat(ownChains()).containsExactly("cali-FORWARD", "cali-tw-a");
    assertQuiet(driver);
  }

  @Test
  void desiringNothingRemovesAllOfOursAndOnlyThat() {
    foreign(":DOCKER - [0:0]", "-A FORWARD -i docker0 -j DOCKER", "-A DOCKER -i x -j ACCEPT");
    var before = rulesAndChains();
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    driver.chains().replaceAll(Map.of());
    driver.hooks().replaceAll(Map.of());
    applied(driver);
    assertThat(rulesAndChains()).isEqualTo(before);
    assertQuiet(driver);
  }

  @Test
  void textInQuotesComesBackAsItWas() {
    var driver = driver();
    var log =
        new Rule(
            List.of(new Match.MarkSet(0x10000)),
            new Action.Log(new LogPrefix("calico packet")),
            List.of("Policy -j cali-x accepted 100% of it"));
    driver.chains().set("cali-a", chain("cali-a", log, dropFrom("a")));
    applied(driver);
    assertThat(rules("cali-a")).hasSize(2);
    assertQuiet(driver);
  }

  // Among others.

  @Test
  void hooksStandBeforeRulesOfOthers() {
    foreign("-A FORWARD -i x -j ACCEPT");
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD", "-i x -j ACCEPT");
  }

  @Test
  void hooksKeepTheirOrder() {
    var driver = driver();
    wantBookstore(driver);
    driver.hooks().set("FORWARD", List.of(jump("cali-FORWARD"), jump("cali-tw-a")));
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD", "-j cali-tw-a");
    assertQuiet(driver);
  }

  @Test
  void aHookMovesBackBeforeARuleThatSlippedInFront() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    foreign("-I FORWARD -i x -j ACCEPT");
    driver.queueResync();
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD", "-i x -j ACCEPT");
    assertQuiet(driver);
  }

  @Test
  void anAppendedHookMovesBackBehindARuleThatCameLater() {
    var driver = driver(TABLE, ChainInsertMode.APPEND);
    wantBookstore(driver);
    foreign("-A FORWARD -i x -j ACCEPT");
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-i x -j ACCEPT", "-j cali-FORWARD");
    foreign("-A FORWARD -i y -j ACCEPT");
    driver.queueResync();
    applied(driver);
    assertThat(rules("FORWARD"))
        .containsExactly("-i x -j ACCEPT", "-i y -j ACCEPT", "-j cali-FORWARD");
    assertQuiet(driver);
  }

  @Test
  void theOtherInsertModeAfterARestartMovesTheHook() {
    foreign("-A FORWARD -i x -j ACCEPT");
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    var restarted = driver(TABLE, ChainInsertMode.APPEND);
    wantBookstore(restarted);
    applied(restarted);
    assertThat(rules("FORWARD")).containsExactly("-i x -j ACCEPT", "-j cali-FORWARD");
  }

  @Test
  void aHookThatStandsTwiceIsLeftOnce() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    String hook = dump().lines().filter(l -> l.startsWith("-A FORWARD ")).findFirst().orElseThrow();
    foreign(hook, hook);
    driver.queueResync();
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-FORWARD");
  }

  @Test
  void aHookIsFoundByItsTextWhereverItHasMoved() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    // Not re-read before the next write.
    foreign("-I FORWARD -i x -j ACCEPT", "-I FORWARD -i y -j ACCEPT");
    driver.hooks().set("FORWARD", List.of(jump("cali-tw-a")));
    applied(driver);
    assertThat(rules("FORWARD"))
        .containsExactly("-j cali-tw-a", "-i y -j ACCEPT", "-i x -j ACCEPT");
  }

  @Test
  void staleHooksInAnyChainOfOthersAreRemoved() {
    foreign(
        ":cali-old - [0:0]",
        ":DOCKER-USER - [0:0]",
        "-A DOCKER-USER -i x -j ACCEPT",
        "-A DOCKER-USER -m comment --comment \"cali:0123456789abcdef\" -j cali-old",
        "-A INPUT -m comment --comment \"cali:0123456789abcde_\" -j ACCEPT");
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    assertThat(rules("DOCKER-USER")).containsExactly("-i x -j ACCEPT");
    assertThat(rules("INPUT")).isEmpty();
    assertThat(ownChains()).doesNotContain("cali-old");
    assertQuiet(driver);
  }

  @Test
  void rulesThatOnlyLookLikeOursStay() {
    foreign(
        ":californ0 - [0:0]",
        ":calico-dhcp - [0:0]",
        "-A INPUT -i a -m comment --comment \"cali:made by hand\" -j ACCEPT",
        "-A INPUT -i b -m comment --comment \"cali:0123456789abcdefg\" -j ACCEPT",
        "-A INPUT -i c -m comment --comment \"see cali:0123456789abcdef\" -j ACCEPT",
        "-A INPUT -i d -m comment --comment \"x --comment cali:0123456789abcdef y\" -j ACCEPT",
        "-A INPUT -i e -m comment --comment mine -m comment --comment \"cali:0123456789abcdef\""
            + " -j ACCEPT",
        "-A INPUT -i f -j californ0");
    var before = rulesAndChains();
    applied(driver());
    assertThat(rulesAndChains()).isEqualTo(before);
  }

  @Test
  void chainsOfOldVersionsGoWithTheRulesThatLedToThem() {
    foreign(
        ":felix-FORWARD - [0:0]",
        ":calipi-x - [0:0]",
        "-A felix-FORWARD -j calipi-x",
        "-A FORWARD -i x -j ACCEPT",
        "-A FORWARD -i tap+ -j felix-FORWARD");
    var driver = driver();
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-i x -j ACCEPT");
    assertThat(dump()).doesNotContain("felix-").doesNotContain("calipi-");
    assertQuiet(driver);
  }

  @Test
  void anAdministratorsRuleMayLeadToAChainWhileThatIsWanted() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    foreign("-A INPUT -i x -j cali-tw-a");
    driver.queueResync();
    applied(driver);
    assertThat(rules("INPUT")).containsExactly("-i x -j cali-tw-a");
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD"));
    driver.chains().remove("cali-tw-a");
    applied(driver);
    assertThat(rules("INPUT")).isEmpty();
    assertQuiet(driver);
  }

  // Others write where we do.

  @Test
  void aFlushedTableIsRepairedAtTheNextLook() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    var before = rulesAndChains();
    foreign("-F cali-FORWARD", "-F cali-tw-a", "-F FORWARD", "-X cali-tw-a");
    driver.queueResync();
    applied(driver);
    assertThat(rulesAndChains()).isEqualTo(before);
  }

  @Test
  void rulesPutIntoOurChainsAreRemoved() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    var before = rulesAndChains();
    foreign("-I cali-tw-a -i x -j ACCEPT", "-A cali-FORWARD -i y -j ACCEPT");
    driver.queueResync();
    applied(driver);
    assertThat(rulesAndChains()).isEqualTo(before);
  }

  @Test
  void anOldSnapshotPutBackIsUndone() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    var snapshot = rulesAndChains();
    driver.chains().set("cali-new", dropping("cali-new", "n"));
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-new")));
    driver.chains().remove("cali-tw-a");
    applied(driver);
    var wanted = rulesAndChains();
    foreign("-F FORWARD");
    runner.run(tools.restoreCommand(), String.join("\n", snapshot) + "\n");
    driver.queueResync();
    applied(driver);
    assertThat(rulesAndChains()).isEqualTo(wanted);
  }

  @Test
  void aWriteThatFailsBecauseOfOthersIsRepairedAtTheNextTry() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    foreign("-F cali-FORWARD", "-F cali-tw-a", "-X cali-tw-a");
    driver.chains().set("cali-b", chain("cali-b", jump("cali-tw-a")));
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-tw-a"), jump("cali-b")));
    assertThat(driver.apply()).isInstanceOf(ApplyOutcome.Retry.class);
    applied(driver);
    assertThat(rules("cali-FORWARD")).containsExactly("-j cali-tw-a", "-j cali-b");
    assertThat(rules("cali-tw-a")).hasSize(3);
    assertQuiet(driver);
  }

  @Test
  void aHookDeletedByOthersIsPutBack() {
    var driver = driver();
    wantBookstore(driver);
    applied(driver);
    foreign("-F FORWARD");
    driver.hooks().set("FORWARD", List.of(jump("cali-tw-a")));
    assertThat(driver.apply()).isInstanceOf(ApplyOutcome.Retry.class);
    applied(driver);
    assertThat(rules("FORWARD")).containsExactly("-j cali-tw-a");
  }

  // All of it, in any order.

  @Test
  void randomHistoriesEndAsDesired() {
    for (long seed = 1; seed <= histories(); seed++) {
      new RandomHistory(seed, tools, runner, beside()).play(30);
    }
  }
}
