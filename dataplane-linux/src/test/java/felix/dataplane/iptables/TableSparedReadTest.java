package felix.dataplane.iptables;

import static felix.dataplane.iptables.TestRules.dropping;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.iptables.TableDriver.Beside;
import felix.dataplane.netlink.RuleFingerprints;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A table is read only if the kernel's fingerprint of it says that it changed. */
class TableSparedReadTest {
  private static final IptablesTools TOOLS = toolsOf(new IptablesVersion(1, 6, 1));

  private final FakeXtables tables = new FakeXtables(IptablesBackend.LEGACY);
  private final RecordingRunner runner = new RecordingRunner(this::run);
  private final Fingerprints fingerprints = new Fingerprints();
  private final TableDriver driver = driver(TOOLS);

  /** What happens after a look at the fingerprint, before the table is read. */
  private Runnable between = () -> {};

  /** What happens after the table was read, before the next look. */
  private Runnable meanwhile = () -> {};

  private static IptablesTools toolsOf(IptablesVersion version) {
    var like = FakeXtables.tools(IpVersion.V4, IptablesBackend.LEGACY);
    return new IptablesTools(
        IpVersion.V4, IptablesBackend.LEGACY, version, like.saveProgram(), like.restoreCommand());
  }

  private TableDriver driver(IptablesTools tools) {
    return new TableDriver(
        Table.FILTER,
        ChainInsertMode.INSERT,
        tools,
        runner,
        new Beside(Runnable::run, System::nanoTime, fingerprints));
  }

  private CommandResult run(List<String> command, String input) {
    boolean reads = command.equals(TOOLS.saveCommand(Table.FILTER));
    if (reads) {
      between.run();
    }
    var result = tables.run(command, input);
    if (reads) {
      meanwhile.run();
    }
    return result;
  }

  /** As the kernel's: the same for the same rules, another one for others. */
  private final class Fingerprints implements RuleFingerprints {
    private final List<String> seen = new ArrayList<>();
    private boolean areTold = true;

    @Override
    public OptionalLong nfTables() {
      throw new AssertionError("these are legacy tables");
    }

    @Override
    public OptionalLong ipTables(IpVersion version, String table) {
      assertThat(table).isEqualTo("filter");
      String dump = tables.dump(Table.FILTER);
      if (!seen.contains(dump)) {
        seen.add(dump);
      }
      return areTold ? OptionalLong.of(seen.indexOf(dump)) : OptionalLong.empty();
    }
  }

  private void want(String chain, String... interfaces) {
    driver.chains().set(chain, dropping(chain, interfaces));
  }

  private void applied() {
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  /** How often the table was read for it. */
  private int refreshed() {
    int before = runner.reads();
    driver.refresh();
    applied();
    return runner.reads() - before;
  }

  @Test
  void whatNobodyChangedIsReadOnce() {
    want("cali-a", "a1");
    applied();
    assertThat(refreshed()).as("the check after a write").isEqualTo(1);
    assertThat(refreshed()).isZero();
    assertThat(refreshed()).isZero();
    assertThat(driver.status().saves()).isEqualTo(2);
  }

  @Test
  void whatOthersDidIsSeenAndUndone() {
    want("cali-a", "a1");
    applied();
    refreshed();
    tables.edit("-F cali-a");
    assertThat(refreshed()).isEqualTo(1);
    assertThat(tables.holds("-A cali-a")).isTrue();
  }

  @Test
  void anApplyWithoutAReadWritesNothing() {
    want("cali-a", "a1");
    applied();
    refreshed();
    int writes = runner.writes();
    refreshed();
    assertThat(runner.writes()).isEqualTo(writes);
  }

  @Test
  void aWriteThatDidNothingIsFoundOut() {
    want("cali-a", "a1");
    applied();
    refreshed();
    want("cali-b", "b1");
    tables.answerRestore(
        new CommandResult(0, RestoreBatch.LAST_LINE, "")); // the kernel is as before
    applied();
    assertThat(refreshed()).isEqualTo(1);
    assertThat(tables.holds("-A cali-b")).isTrue();
  }

  @Test
  void afterAFailureTheTableIsReadWhateverItsFingerprint() {
    want("cali-a", "a1");
    applied();
    refreshed();
    int reads = runner.reads();
    want("cali-b", "b1");
    tables.answerRestore(new CommandResult(1, "", "refused"));
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    applied();
    assertThat(runner.reads()).isEqualTo(reads + 1);
  }

  @Test
  void whatChangedWhileItWasReadIsReadAgain() {
    want("cali-a", "a1");
    applied();
    meanwhile =
        () -> {
          meanwhile = () -> {};
          tables.edit("-F cali-a");
        };
    assertThat(refreshed()).isEqualTo(1);
    assertThat(tables.holds("-A cali-a")).as("not seen by the read that was under way").isFalse();
    assertThat(refreshed()).isEqualTo(1);
    assertThat(tables.holds("-A cali-a")).isTrue();
  }

  @Test
  void whatWasThereOnlyWhileItWasReadIsNotTakenForWhatIsThereAgain() {
    want("cali-a", "a1");
    applied();
    String right = rules();
    tables.edit("-F cali-a");
    between =
        () -> {
          between = () -> {};
          tables.edit(right);
        };
    assertThat(refreshed()).as("reads what is desired").isEqualTo(1);
    tables.edit("-F cali-a");
    assertThat(refreshed()).isEqualTo(1);
    assertThat(tables.holds("-A cali-a")).isTrue();
  }

  private String rules() {
    return tables
        .dump(Table.FILTER)
        .lines()
        .filter(line -> line.startsWith("-A cali-a"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyTenthLookIsARead() {
    want("cali-a", "a1");
    applied();
    assertThat(refreshed()).isEqualTo(1);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 9; i++) {
        assertThat(refreshed()).as("look %d", i).isZero();
      }
      assertThat(refreshed()).isEqualTo(1);
    }
  }

  @Test
  void aKernelThatTellsNothingIsReadEachTime() {
    fingerprints.areTold = false;
    want("cali-a", "a1");
    applied();
    refreshed();
    assertThat(refreshed()).isEqualTo(1);
  }

  @Test
  void aProgramThatMayReadEitherBackendIsRunEachTime() {
    var unsure = driver(toolsOf(new IptablesVersion(1, 8, 9)));
    unsure.apply();
    int reads = runner.reads();
    unsure.refresh();
    unsure.apply();
    unsure.refresh();
    unsure.apply();
    assertThat(runner.reads()).isEqualTo(reads + 2);
  }
}
