package felix.dataplane.iptables;

import static felix.dataplane.iptables.TestRules.dropping;
import static felix.dataplane.iptables.TestRules.jump;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.RenderedRule;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that fail, lie or end too early. */
class TableFaultsTest {
  private static final CommandResult FAILURE =
      new CommandResult(4, "", "Another app is currently holding the xtables lock.");

  private final FakeXtables tables = new FakeXtables(IptablesBackend.LEGACY);
  private final RecordingRunner runner = new RecordingRunner(this::runTables);
  private boolean killRestores;
  private final List<String> rendered = new ArrayList<>();
  private final TableDriver driver = driver();

  private TableDriver driver() {
    return new TableDriver(
        Table.FILTER,
        ChainInsertMode.INSERT,
        FakeXtables.tools(IpVersion.V4, IptablesBackend.LEGACY),
        runner,
        this::render);
  }

  private CommandResult runTables(List<String> command, String input) {
    var result = tables.run(command, input);
    if (killRestores && !input.isEmpty()) {
      throw new KernelException("run " + command.getFirst(), "killed");
    }
    return result;
  }

  private List<RenderedRule> render(Chain chain) {
    rendered.add(chain.name());
    return RuleText.render(chain);
  }

  private void wantOneChain() {
    driver.chains().set("cali-a", dropping("cali-a", "a1", "a2"));
    driver.hooks().set("FORWARD", List.of(jump("cali-a")));
  }

  @Test
  void whatIsRunIsCountedAndWhatFailsToo() {
    wantOneChain();
    tables.answerRestore(FAILURE);
    retry();
    driver.apply();

    TableStatus status = driver.status();
    assertThat(status.saves()).isEqualTo(2);
    assertThat(status.saveErrors()).isZero();
    assertThat(status.restores()).isEqualTo(2);
    assertThat(status.restoreErrors()).isEqualTo(1);
    assertThat(status.chains()).isEqualTo(1);
    assertThat(status.rules()).as("with the one that leads there").isEqualTo(3);
    // table, chain, two rules, hook, COMMIT, end
    assertThat(status.lines()).isEqualTo(2 * 7);

    driver.chains().remove("cali-a");
    driver.hooks().remove("FORWARD");
    driver.apply();
    assertThat(status.chains() + status.rules()).isZero();
  }

  private Retry retry() {
    var outcome = driver.apply();
    assertThat(outcome).isInstanceOf(Retry.class);
    return (Retry) outcome;
  }

  @Test
  void aRestoreThatFailsForAWhileIsRetriedEverSlowerFromAFreshLook() {
    wantOneChain();
    var waits = new ArrayList<Duration>();
    for (int i = 0; i < 12; i++) {
      tables.answerRestore(FAILURE);
      waits.add(retry().after());
      assertThat(runner.reads()).isEqualTo(i + 1);
    }
    assertThat(waits).startsWith(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4));
    assertThat(waits).endsWith(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(tables.dump(Table.FILTER)).contains("-A FORWARD", "-A cali-a");
    tables.answerRestore(FAILURE);
    driver.chains().remove("cali-a");
    driver.hooks().remove("FORWARD");
    assertThat(retry().after()).as("the count began anew").isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void theFailureNamesProgramWordsAndLine() {
    wantOneChain();
    tables.answerRestore(new CommandResult(1, "", "iptables-restore: line 3 failed"));
    assertThat(retry().cause())
        .hasMessageContaining("fake-restore of filter")
        .hasMessageContaining("exit 1, iptables-restore: line 3 failed")
        .hasMessageContaining("-A cali-a ")
        .hasMessageContaining("--in-interface a1");
  }

  @Test
  void errorTextWithExitZeroIsAFailure() {
    wantOneChain();
    tables.answerRestore(
        new CommandResult(0, RestoreBatch.LAST_LINE + "\n", "iptables-restore: line 3 failed"));
    retry();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(tables.dump(Table.FILTER)).contains("-A cali-a");
  }

  @Test
  void aRestoreThatReadHalfItsInputAndExitedZeroIsAFailure() {
    wantOneChain();
    tables.answerRestore(new CommandResult(0, "", ""));
    retry();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(tables.dump(Table.FILTER)).contains("-A cali-a");
  }

  @Test
  void aWriteThatWasKilledAfterItsWorkWasDoneIsNotRepeated() {
    wantOneChain();
    killRestores = true;
    retry();
    killRestores = false;
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(runner.writes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n",
        "*filter\nCOMMIT\n",
        "# Table `filter' is incompatible, use 'nft' tool.\n"
      })
  void nothingIsWrittenBecauseOfABadDump(String dump) {
    wantOneChain();
    driver.apply();
    String before = tables.dump(Table.FILTER);
    int writes = runner.writes();
    driver.queueResync();
    for (int i = 0; i < 5; i++) {
      tables.answerSave(new CommandResult(0, dump, ""));
      retry();
      driver.chains().set("cali-b", dropping("cali-b", "b" + i));
    }
    assertThat(runner.writes()).isEqualTo(writes);
    assertThat(tables.dump(Table.FILTER)).isEqualTo(before);
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(tables.dump(Table.FILTER)).contains("-i b4 -j DROP");
  }

  @Test
  void aSaveThatFailsIsNotBelievedWhateverItSaid() {
    wantOneChain();
    tables.answerSave(new CommandResult(1, tables.dump(Table.FILTER), "Permission denied"));
    assertThat(retry().cause()).hasMessageContaining("Permission denied");
    assertThat(runner.writes()).isZero();
  }

  @Test
  void aFailedReadAfterAFailedWriteIsReadAgain() {
    wantOneChain();
    tables.answerRestore(FAILURE);
    retry();
    tables.answerSave(new CommandResult(0, "garbage", ""));
    retry();
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    assertThat(runner.writes()).isEqualTo(2);
  }

  @Test
  void onlyWhatChangedIsRendered() {
    for (int i = 0; i < 1_000; i++) {
      driver.chains().set("cali-" + i, dropping("cali-" + i, "a1", "a2"));
      driver.chains().set("cali-" + i, dropping("cali-" + i, "a1", "a3"));
    }
    driver.apply();
    assertThat(rendered).hasSize(1_000);
    rendered.clear();
    driver.chains().set("cali-7", dropping("cali-7", "a1", "a2"));
    driver.queueResync();
    driver.apply();
    assertThat(rendered).containsExactly("cali-7");
    assertThat(runner.batches().getLast().lines().filter(l -> l.startsWith("-"))).hasSize(1);
  }

  @Test
  void aChainThatIsSetAgainAsItWasCostsNothing() {
    wantOneChain();
    driver.apply();
    rendered.clear();
    driver.chains().set("cali-a", dropping("cali-a", "a9"));
    wantOneChain();
    driver.apply();
    assertThat(rendered).isEmpty();
    assertThat(runner.writes()).isEqualTo(1);
  }

  @Test
  void whatOthersChangeInARenderedChainIsWrittenAgain() {
    wantOneChain();
    driver.apply();
    String before = tables.dump(Table.FILTER);
    runTables(List.of("fake-restore"), "*filter\n-F cali-a\nCOMMIT\n");
    driver.queueResync();
    driver.apply();
    assertThat(tables.dump(Table.FILTER)).isEqualTo(before);
  }
}
