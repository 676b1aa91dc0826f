package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import felix.count.Distribution;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProcessConversations;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.KernelException;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("netns")
@ParameterizedClass
@MethodSource("environments")
class KernelKeptRestoreTest extends KeptRestoreContract {
  private static final String BATCH = "*filter\n:cali-z - [0:0]\n-A cali-z -j DROP\nCOMMIT\n";
  private static final ProgramFinder PROGRAMS = ProgramFinder.ofEnvironment();
  private static final CommandRunner RUNNER =
      new ProcessCommandRunner(PROGRAMS, Duration.ofSeconds(30));

  static Stream<IptablesTools> environments() {
    return Stream.of(IpVersion.values())
        .flatMap(version -> Stream.of(IptablesBackend.values()).map(b -> tools(version, b)));
  }

  private static IptablesTools tools(IpVersion version, IptablesBackend backend) {
    return IptablesTools.find(version, backend, LockWait.DEFAULT, PROGRAMS, RUNNER);
  }

  KernelKeptRestoreTest(IptablesTools tools) {
    super(tools, emptyTables(tools), runner -> conversations());
  }

  private static ProcessConversations conversations() {
    return new ProcessConversations(PROGRAMS, new Distribution());
  }

  private static CommandRunner emptyTables(IptablesTools tools) {
    NetworkNamespace.requireOwn();
    String restore = tools.restoreCommand().getFirst();
    for (var table : Table.values()) {
      RUNNER.run(List.of(restore), "*" + table.kernelName() + "\nCOMMIT\n");
    }
    return RUNNER;
  }

  @Override
  void killChild() {
    children().forEach(ProcessHandle::destroyForcibly);
    while (!children.areAllOver()) {
      Thread.onSpinWait();
    }
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").contains("xtables"));
  }

  private static void signal(String name) {
    children()
        .forEach(
            child -> {
              var result = RUNNER.run(List.of("kill", "-" + name, "" + child.pid()), "");
              assertThat(result.exitCode()).as(result.errors()).isZero();
            });
  }

  @Test
  void aChildThatHangsIsKilledAndTheNextOneDoesTheWork() {
    try (var kept = new KeptRestore(tools, RUNNER, conversations(), Duration.ofMillis(500))) {
      kept.run(tools.restoreCommand(), BATCH);
      signal("STOP");
      assertThatExceptionOfType(KernelException.class)
          .isThrownBy(() -> kept.run(tools.restoreCommand(), BATCH))
          .withMessageContaining("killed");
      assertThat(children()).isEmpty();
      assertThat(kept.run(tools.restoreCommand(), BATCH).succeeded()).isTrue();
    }
  }

  @Test
  void hundredsOfBatchesLeaveNeitherProcessesNorMemoryBehind() {
    try (var kept = new KeptRestore(tools, RUNNER, conversations(), Duration.ofSeconds(30))) {
      for (int i = 0; i < 500; i++) {
        assertThat(kept.run(tools.restoreCommand(), BATCH).succeeded()).isTrue();
      }
      assertThat(kept.status().starts()).isOne();
      assertThat(children()).hasSize(1);
    }
  }

  @Test
  void theLockOfAnotherProgramIsWaitedForAndItsWordsAreKept() throws Exception {
    var impatient = new LockWait(Duration.ofSeconds(1), Duration.ofMillis(50), "");
    var briefly =
        IptablesTools.find(tools.ipVersion(), IptablesBackend.LEGACY, impatient, PROGRAMS, RUNNER);
    try (var kept = new KeptRestore(briefly, RUNNER, conversations(), Duration.ofSeconds(30))) {
      kept.run(briefly.restoreCommand(), BATCH);
      var holder =
          new ProcessBuilder("flock", LockWait.USUAL_FILE, "sh", "-c", "echo held; read line")
              .start();
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      var result = kept.run(briefly.restoreCommand(), BATCH);
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.errors()).contains("xtables lock");
      holder.outputWriter().close();
      holder.waitFor();
      assertThat(kept.run(briefly.restoreCommand(), BATCH).succeeded()).isTrue();
    }
  }
}
