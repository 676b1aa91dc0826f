package felix.dataplane.iptables;

import static felix.dataplane.iptables.TestRules.dropping;
import static felix.dataplane.iptables.TestRules.jump;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.ApplyOutcome.Retry;
import felix.dataplane.rules.RuleText;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real tools, made to fail as they do on real hosts. */
@Tag("netns")
class KernelFaultsTest {
  @TempDir Path folder;

  private final CommandRunner plain = runner("", Duration.ofSeconds(30));

  @BeforeEach
  void emptyTables() {
    NetworkNamespace.requireOwn();
    run("nft", "flush", "ruleset");
    run("iptables-legacy", "-F");
    run("iptables-legacy", "-X");
  }

  private static CommandRunner runner(String path, Duration limit) {
    return new ProcessCommandRunner(new ProgramFinder(path), limit);
  }

  private void run(String... command) {
    var result = plain.run(List.of(command), "");
    assertThat(result.exitCode()).as(result.errors()).isZero();
  }

  private TableDriver driver(IptablesBackend backend, LockWait lock, CommandRunner runner) {
    var tools = IptablesTools.find(IpVersion.V4, backend, lock, new ProgramFinder(""), plain);
    var driver =
        new TableDriver(Table.FILTER, ChainInsertMode.INSERT, tools, runner, RuleText::render);
    driver.chains().set("cali-a", dropping("cali-a", "a1", "a2"));
    driver.hooks().set("FORWARD", List.of(jump("cali-a")));
    return driver;
  }

  /** A program found before the real one. */
  private void wrap(String program, String text) throws IOException {
    var file = Files.writeString(folder.resolve(program), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void assertInSync(TableDriver driver) {
    assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void theLockOfAnotherProgramIsWaitedForAndAskedForAgain() throws Exception {
    var lock = new LockWait(Duration.ofSeconds(1), Duration.ofMillis(50), LockWait.USUAL_FILE);
    var driver = driver(IptablesBackend.LEGACY, lock, plain);
    var holder =
        new ProcessBuilder("flock", "/run/xtables.lock", "sh", "-c", "echo held; read line")
            .start();
    assertThat(holder.inputReader().readLine()).isEqualTo("held");
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    holder.outputWriter().close();
    holder.waitFor();
    assertInSync(driver);
  }

  @Test
  void aRestoreThatHangsIsKilledAndTheNextOneDoesTheWork() throws IOException {
    wrap("iptables-nft-restore", "rm -f $0; sleep 1000");
    var runner = runner(folder.toString(), Duration.ofMillis(1500));
    var driver = driver(IptablesBackend.NFT, LockWait.DEFAULT, runner);
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    var outcome = driver.apply();
    if (outcome instanceof Retry) {
      outcome = driver.apply(); // the first one finds out that the wrapper is gone
    }
    assertThat(outcome).isEqualTo(ApplyOutcome.IN_SYNC);
  }

  @Test
  void aRestoreThatReadsHalfItsInputAndExitsZeroIsNotBelieved() throws IOException {
    wrap("iptables-legacy-restore", "rm -f $0; head -n 2 >/dev/null; exit 0");
    var runner = runner(folder.toString(), Duration.ofSeconds(30));
    var driver = driver(IptablesBackend.LEGACY, LockWait.DEFAULT, runner);
    assertThat(driver.apply()).isInstanceOf(Retry.class);
  }

  @Test
  void nothingIsWrittenWhileNftSaysThatTheTableIsOfAnotherKind() {
    var recorder = new RecordingRunner(plain);
    var driver = driver(IptablesBackend.NFT, LockWait.DEFAULT, recorder);
    assertInSync(driver);
    int writes = recorder.writes();
    run("nft", "add rule ip filter FORWARD ct state new tcp dport {1, 2, 3} counter");
    driver.queueResync();
    assertThat(driver.apply()).isInstanceOf(Retry.class);
    assertThat(recorder.writes()).isEqualTo(writes);
    run("nft", "flush chain ip filter FORWARD");
    assertInSync(driver);
  }

  @Test
  void aFlushedRulesetIsBuiltAgain() {
    var driver = driver(IptablesBackend.NFT, LockWait.DEFAULT, plain);
    assertInSync(driver);
    var before = rules();
    run("nft", "flush", "ruleset");
    driver.queueResync();
    assertInSync(driver);
    assertThat(rules()).isEqualTo(before).isNotEmpty();
  }

  private List<String> rules() {
    String dump = plain.run(List.of("iptables-nft-save", "-t", "filter"), "").output();
    return dump.lines().filter(line -> line.startsWith("-A ")).toList();
  }
}
