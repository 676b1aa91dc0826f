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
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A table that is read beside the thread that writes it. */
class TableReadBesideTest {
  private static final IptablesTools TOOLS =
      FakeXtables.tools(IpVersion.V4, IptablesBackend.LEGACY);

  private final FakeXtables tables = new FakeXtables(IptablesBackend.LEGACY);
  private final RecordingRunner runner = new RecordingRunner(tables);
  private final Deque<Runnable> beside = new ArrayDeque<>();
  private final TableDriver driver =
      new TableDriver(
          Table.FILTER,
          ChainInsertMode.INSERT,
          TOOLS,
          runner,
          new Beside(beside::add, System::nanoTime, RuleFingerprints.NONE));

  private void want(String chain, String... interfaces) {
    driver.chains().set(chain, dropping(chain, interfaces));
  }

  private void applied() {
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  private void read() {
    while (!beside.isEmpty()) {
      beside.remove().run();
    }
  }

  @Test
  void aChangeIsOneRestoreAndWaitsForNoRead() {
    want("cali-a", "a1");
    applied();
    assertThat(driver.refresh()).isFalse();
    int reads = runner.reads();
    int writes = runner.writes();
    want("cali-b", "b1");
    applied();
    assertThat(tables.holds(":cali-b")).isTrue();
    assertThat(runner.reads()).isEqualTo(reads);
    assertThat(runner.writes()).isEqualTo(writes + 1);
  }

  @Test
  void whatOthersDidIsUndoneOnceItWasRead() {
    want("cali-a", "a1");
    applied();
    tables.edit("-F cali-a");
    driver.refresh();
    applied();
    assertThat(tables.holds("-A cali-a")).isFalse();
    assertThat(driver.isReading()).isTrue();

    read();
    assertThat(driver.hasRead()).isTrue();
    applied();
    assertThat(tables.holds("-A cali-a")).isTrue();
    assertThat(driver.hasRead()).isFalse();
  }

  @Test
  void whatWasReadBeforeAWriteIsNotBelieved() {
    want("cali-a", "a1");
    applied();
    driver.refresh();
    read(); // without cali-b
    want("cali-b", "b1");
    applied(); // compares, and writes
    driver.refresh();
    var late = beside.remove();
    want("cali-c", "c1");
    applied();
    late.run(); // begun before cali-c
    int writes = runner.writes();
    assertThat(driver.hasRead()).isFalse();
    applied();
    assertThat(runner.writes()).isEqualTo(writes);
    assertThat(tables.holds(":cali-c")).isTrue();
  }

  @Test
  void afterAFailureTheTableIsReadAnewBeforeTheNextWrite() {
    want("cali-a", "a1");
    applied();
    driver.refresh();
    read(); // what the driver knew all along
    tables.edit("-F cali-a", "--delete-chain cali-a");
    want("cali-b", "b1");
    tables.answerRestore(new CommandResult(1, "", "refused"));
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    applied();
    assertThat(tables.holds("-A cali-a")).isTrue();
    assertThat(tables.holds("-A cali-b")).isTrue();
  }

  @Test
  void theFirstReadIsDoneAheadAndNotTwice() {
    driver.queueResync(); // as the loop does
    driver.readAhead();
    read();
    want("cali-a", "a1");
    applied();
    assertThat(runner.reads()).isEqualTo(1);
  }

  @Test
  void aReadThatFailsIsTriedAgainLikeAnyFailure() {
    want("cali-a", "a1");
    applied();
    driver.refresh();
    tables.answerSave(new CommandResult(1, "", "no"));
    read();
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    applied();
    assertThat(driver.status().saveErrors()).isEqualTo(1);
  }
}
