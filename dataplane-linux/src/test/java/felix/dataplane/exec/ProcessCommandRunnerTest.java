package felix.dataplane.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import felix.dataplane.reconcile.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCommandRunnerTest {
  private static final Duration AMPLE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private CommandRunner runner(Duration limit) {
    return new ProcessCommandRunner(new ProgramFinder(folder.toString()), limit);
  }

  private void script(String name, String text) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandResult sh(String text, String input) {
    return runner(AMPLE).run(List.of("sh", "-c", text), input);
  }

  @Test
  void returnsExitCodeOutputAndErrors() {
    assertThat(sh("read line; echo \"got $line\"; echo oh >&2; exit 3", "hello\n"))
        .isEqualTo(new CommandResult(3, "got hello\n", "oh\n"));
  }

  @Test
  void megabytesGoThroughInAllThreeDirectionsAtOnce() {
    String input = "0123456789abcdef\n".repeat(200_000);
    var result = sh("tee /dev/stderr", input);
    assertThat(result.output()).isEqualTo(input);
    assertThat(result.errors()).isEqualTo(input.substring(0, 64 << 10));
  }

  @Test
  void aProgramThatSaysMuchBeforeItReadsDoesNotBlock() {
    var result = sh("head -c 1000000 /dev/zero; wc -c", "x".repeat(1_000_000));
    assertThat(result.output().trim()).endsWith("1000000");
  }

  @Test
  void noInputIsAnEmptyInput() {
    assertThat(sh("wc -c", "").output().strip()).isEqualTo("0");
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() {
    var result = runner(AMPLE).run(List.of("printf", "%s|", "$HOME", "a b", "`id`", "*"), "");
    assertThat(result.output()).isEqualTo("$HOME|a b|`id`|*|");
  }

  @Test
  void theEnvironmentIsSmall() {
    assertThat(
            runner(AMPLE)
                .run(List.of("env"), "")
                .output()
                .lines()
                .map(line -> line.substring(0, line.indexOf('='))))
        .containsExactlyInAnyOrder("PATH", "LC_ALL");
  }

  @Test
  void aProgramThatHangsIsKilledWithItsChildren() throws IOException {
    script("hangs", "sleep 1000 & echo $! > " + folder + "/child; wait");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> runner(Duration.ofMillis(500)).run(List.of("hangs"), ""))
        .withMessageContaining("hangs")
        .withMessageContaining("500 ms");
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
  }

  @Test
  void aProgramThatDoesNotReadItsInputIsKilledToo() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(
            () ->
                runner(Duration.ofMillis(300)).run(List.of("sleep", "1000"), "x".repeat(1_000_000)))
        .withMessageContaining("300 ms");
  }

  @Test
  void exitZeroWithInputLeftUnreadIsAFailure() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> sh("head -c 10 >/dev/null", "x".repeat(1_000_000)))
        .withMessageContaining("stopped reading");
  }

  @Test
  void aFailureThatLeavesInputUnreadIsToldAsItIs() {
    assertThat(sh("echo bad line >&2; exit 2", "x".repeat(1_000_000)))
        .isEqualTo(new CommandResult(2, "", "bad line\n"));
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> runner(AMPLE).run(List.of("no-such-program"), ""))
        .withMessageContaining("no-such-program")
        .withMessageContaining("/usr/sbin");
  }

  @Test
  void theFirstFolderOfThePathWins() throws IOException {
    script("wc", "echo wrapped");
    assertThat(sh("wc", "").output()).isEqualTo("wrapped\n");
    assertThat(runner(AMPLE).run(List.of("wc"), "").output()).isEqualTo("wrapped\n");
  }

  @Test
  void aProgramThatMovedIsFoundAgain() throws IOException {
    var runner = runner(AMPLE);
    script("wc", "echo wrapped");
    runner.run(List.of("wc"), "");
    Files.delete(folder.resolve("wc"));
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> runner.run(List.of("wc"), ""));
    assertThat(runner.run(List.of("wc", "-c"), "abc").output().strip()).isEqualTo("3");
  }

  @Test
  void aProgramInstalledLaterIsFound() throws IOException {
    var programs = new ProgramFinder(folder.toString());
    assertThat(programs.isInstalled("later")).isFalse();
    script("later", "true");
    assertThat(programs.isInstalled("later")).isTrue();
  }

  @Test
  void relativeFoldersAndPlainFilesAreNoPrograms() throws IOException {
    Files.writeString(folder.resolve("plain"), "text");
    assertThat(new ProgramFinder(folder + ":.:").isInstalled("plain")).isFalse();
    assertThat(new ProgramFinder("src:.").isInstalled("pom.xml")).isFalse();
  }

  @Test
  void interruptingTheCallerKillsTheProgram() throws InterruptedException, IOException {
    var ready = folder.resolve("ready");
    script("waits", "mkfifo " + ready + "; exec cat " + ready);
    var interrupted = new CountDownLatch(1);
    var caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    runner(AMPLE).run(List.of("waits"), "");
                  } catch (KernelException e) {
                    if (Thread.currentThread().isInterrupted()) {
                      interrupted.countDown();
                    }
                  }
                });
    while (!Files.exists(ready)) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();
    assertThat(interrupted.getCount()).isZero();
  }
}
