package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.Conversations;
import felix.dataplane.exec.TrackedConversations;
import felix.dataplane.rules.Table;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kept restore does batch for batch what one does that is run for each. */
abstract class KeptRestoreContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  final IptablesTools tools;
  final CommandRunner runner;
  final TrackedConversations children;
  private final KeptRestore kept;

  KeptRestoreContract(
      IptablesTools tools, CommandRunner runner, Function<CommandRunner, Conversations> kept) {
    this.tools = tools;
    this.runner = runner;
    this.children = new TrackedConversations(kept.apply(runner));
    this.kept = new KeptRestore(tools, runner, children, LIMIT);
  }

  @AfterEach
  void end() {
    children.close();
  }

  /** Ends the child, as the kernel does when memory is short. */
  abstract void killChild();

  private CommandResult restore(CommandRunner by, String... lines) {
    String batch = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n" + RestoreBatch.LAST_LINE;
    return by.run(tools.restoreCommand(), batch + "\n");
  }

  private void takes(String... lines) {
    var result = restore(kept, lines);
    assertThat(result.succeeded()).as(result.errors()).isTrue();
    assertThat(result.output()).contains(RestoreBatch.LAST_LINE);
    assertThat(result.errors()).isEmpty();
  }

  private String dump() {
    return runner.run(tools.saveCommand(Table.FILTER), "").output();
  }

  private int rulesOf(String chain) {
    return (int) dump().lines().filter(line -> line.startsWith("-A " + chain + " ")).count();
  }

  @Test
  void aBatchIsInForceWhenItIsAcknowledged() {
    for (int i = 0; i < 20; i++) {
      takes(":cali-" + i + " - [0:0]", "-A cali-" + i + " -i a --jump DROP");
      assertThat(rulesOf("cali-" + i)).isOne();
    }
    assertThat(kept.status().starts()).isOne();
    assertThat(kept.status().batches()).isEqualTo(20);
  }

  @Test
  void aBadBatchLeavesNothingAndNamesItsOwnLine() {
    takes(":cali-a - [0:0]");
    String[] bad = {":cali-b - [0:0]", "-A cali-a --jump DROP", "-R cali-a 7 --jump DROP"};
    var result = restore(kept, bad);
    assertThat(result.succeeded()).isFalse();
    assertThat(FailedLine.in(result.errors())).hasValue(4);
    assertThat(dump()).doesNotContain("cali-b");
    assertThat(rulesOf("cali-a")).isZero();

    takes(":cali-b - [0:0]");
    assertThat(dump()).contains("cali-b");
    assertThat(kept.status().starts()).isEqualTo(2);
  }

  @Test
  void aBadBatchFailsInTheWordsOfOneThatIsRunForIt() {
    takes(":cali-a - [0:0]");
    String[] bad = {"-A cali-a --jump DROP", "-A cali-none --jump DROP", "-D cali-a --jump ACCEPT"};
    var expected = restore(runner, bad);
    var result = restore(kept, bad);
    assertThat(result.exitCode()).isEqualTo(expected.exitCode());
    assertThat(result.errors()).isEqualTo(expected.errors());
  }

  @Test
  void whatTheKernelRefusesAtCommitNamesItsLineToo() {
    takes(":cali-a - [0:0]", ":cali-b - [0:0]", "-A cali-a --jump cali-b");
    var expected = restore(runner, "--delete-chain cali-b");
    var result = restore(kept, "--delete-chain cali-b");
    assertThat(expected.succeeded()).isFalse();
    assertThat(result.exitCode()).isEqualTo(expected.exitCode());
    assertThat(FailedLine.in(result.errors())).isEqualTo(FailedLine.in(expected.errors()));
  }

  @Test
  void whatOthersDoBetweenTwoBatchesIsSeen() {
    takes(":cali-a - [0:0]", "-A cali-a -i a --jump DROP");
    restore(runner, ":other - [0:0]", "-A other -i b --jump ACCEPT", "-A cali-a --jump other");
    takes("-A other -i c --jump ACCEPT", "-R cali-a 2 -i d --jump ACCEPT");
    assertThat(rulesOf("other")).isEqualTo(2);
    assertThat(dump()).contains("-A cali-a -i d");

    restore(runner, "-F cali-a", "--delete-chain cali-a");
    assertThat(restore(kept, "-A cali-a -i a --jump DROP").succeeded()).isFalse();
    takes(":cali-a - [0:0]", "-A cali-a -i a --jump DROP");
    assertThat(rulesOf("other")).isEqualTo(2);
  }

  @Test
  void aChildThatWasKilledIsReplaced() {
    takes(":cali-a - [0:0]");
    killChild();
    takes(":cali-b - [0:0]");
    assertThat(dump()).contains("cali-a").contains("cali-b");
  }

  @Test
  void aLargeBatchHasAProcessOfItsOwn() {
    takes(
        ":cali-a - [0:0]",
        IntStream.range(0, 1_000)
            .mapToObj(i -> "-A cali-a -i cali" + i + " --jump DROP")
            .collect(Collectors.joining("\n")));
    assertThat(rulesOf("cali-a")).isEqualTo(1_000);
    assertThat(kept.status().batches()).isZero();
  }

  @Test
  void allTablesOfAFamilyShareOneChild() {
    for (var table : Table.values()) {
      String batch = "*" + table.kernelName() + "\n:cali-t - [0:0]\nCOMMIT\n";
      assertThat(kept.run(tools.restoreCommand(), batch).errors()).isEmpty();
      assertThat(runner.run(tools.saveCommand(table), "").output()).contains("cali-t");
    }
    assertThat(kept.status().starts()).isOne();
  }
}
