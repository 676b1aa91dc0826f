package felix.dataplane.iptables;

import static felix.dataplane.iptables.TestRules.chain;
import static felix.dataplane.iptables.TestRules.dropFrom;
import static felix.dataplane.iptables.TestRules.dropping;
import static felix.dataplane.iptables.TestRules.jump;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text of the telling batches, in files. */
@ParameterizedClass
@EnumSource
class RestoreBatchTest {
  private final IptablesBackend backend;
  private final RecordingRunner runner;
  private final IptablesTools tools;

  RestoreBatchTest(IptablesBackend backend) {
    this.backend = backend;
    this.runner = new RecordingRunner(new FakeXtables(backend));
    this.tools = FakeXtables.tools(IpVersion.V4, backend);
  }

  private TableDriver driver(ChainInsertMode mode) {
    return new TableDriver(Table.FILTER, mode, tools, runner, RuleText::render);
  }

  private TableDriver started(ChainInsertMode mode) {
    var driver = driver(mode);
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-tw-a"), dropFrom("a")));
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1", "a2", "a3", "a4"));
    driver.hooks().set("FORWARD", List.of(jump("cali-FORWARD")));
    driver.hooks().set("INPUT", List.of(jump("cali-tw-a"), jump("cali-FORWARD")));
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    return driver;
  }

  private void foreign(String... lines) {
    String batch = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n";
    assertThat(runner.run(tools.restoreCommand(), batch).succeeded()).isTrue();
  }

  private void assertBatch(String name, TableDriver driver) {
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertLastBatch(name);
  }

  private void assertLastBatch(String name) {
    Golden.assertSame(name + "-" + backend.programInfix() + ".txt", runner.batches().getLast());
  }

  @ParameterizedTest
  @EnumSource
  void firstStart(ChainInsertMode mode) {
    foreign("-A FORWARD -i x -j ACCEPT");
    started(mode);
    assertLastBatch("first-start-" + mode.name().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void oneRuleInTheMiddleChanged() {
    var driver = started(ChainInsertMode.INSERT);
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1", "a2", "b3", "a4"));
    assertBatch("rule-changed", driver);
  }

  @Test
  void twoRulesAtTheEndGone() {
    var driver = started(ChainInsertMode.INSERT);
    driver.chains().set("cali-tw-a", dropping("cali-tw-a", "a1", "a2"));
    assertBatch("rules-gone", driver);
  }

  @Test
  void oneChainReplacedByAnother() {
    var driver = started(ChainInsertMode.INSERT);
    driver.chains().remove("cali-tw-a");
    driver.chains().set("cali-tw-b", dropping("cali-tw-b", "b1"));
    driver.chains().set("cali-FORWARD", chain("cali-FORWARD", jump("cali-tw-b"), dropFrom("a")));
    driver.hooks().set("INPUT", List.of(jump("cali-FORWARD")));
    assertBatch("chain-replaced", driver);
  }

  @Test
  void onlyAChainRemoved() {
    var driver = started(ChainInsertMode.INSERT);
    driver.chains().set("cali-unused", chain("cali-unused", dropFrom("u")));
    driver.apply();
    driver.chains().remove("cali-unused");
    assertBatch("chain-removed", driver);
  }

  @Test
  void hookMovedBackInFront() {
    var driver = started(ChainInsertMode.INSERT);
    foreign("-I FORWARD -i x -j ACCEPT");
    driver.queueResync();
    assertBatch("hook-moved", driver);
  }

  @Test
  void leftoversOfOthersAndOfOldVersions() {
    foreign(
        ":felix-FORWARD - [0:0]",
        ":cali-old - [0:0]",
        "-A FORWARD -i x -j ACCEPT",
        "-A FORWARD -i tap+ -j felix-FORWARD",
        "-A FORWARD -m comment --comment \"cali:0123456789abcdef\" -j cali-old");
    started(ChainInsertMode.INSERT);
    assertLastBatch("leftovers");
  }

  @Test
  void aRuleOfTwoLinesIsABug() {
    var driver =
        new TableDriver(
            Table.FILTER,
            ChainInsertMode.INSERT,
            tools,
            runner,
            chain -> List.of(new RenderedRule("0123456789abcdef", "-j DROP\n-F INPUT")));
    driver.chains().set("cali-a", chain("cali-a"));
    assertThatIllegalArgumentException().isThrownBy(driver::apply);
    assertThat(runner.writes()).isZero();
  }
}
