package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output of a process of its own. */
@Timeout(120)
class ScreenTest {
  private static final int LINES = 20_000;

  @TempDir Path folder;

  @Test
  void aPipeThatNobodyReadsHoldsNobodyUp() throws Exception {
    Process process = chatter(LINES, "").start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();

    // what was written, the one line that hung, and what was still in the queue
    long dropped = Long.parseLong(Files.readString(done()));
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(dropped).isPositive();
    assertThat(read.lines().count() + dropped).isBetween(LINES - 102L, (long) LINES);
  }

  @Test
  void aPipeThatIsClosedEndsNobody() throws Exception {
    Process process = chatter(LINES, "").start();
    process.getInputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(done()).exists();
  }

  @Test
  void theJournalIsKnownByItsStream() throws Exception {
    Path journal = Files.createFile(folder.resolve("journal"));
    String stream =
        Files.getAttribute(journal, "unix:dev") + ":" + Files.getAttribute(journal, "unix:ino");
    Process process = chatter(1, stream).redirectOutput(journal.toFile()).start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(journal)).startsWith("<6>INFO    [main] Chatterer: line 0 xxx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1:2", "nonsense"})
  void anyOtherOutputHasTheTime(String stream) throws Exception {
    Path output = folder.resolve("output");
    Process process = chatter(1, stream).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(output))
        .matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO .*");
  }

  private ProcessBuilder chatter(int lines, String journalStream) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "felix.log.Chatterer",
                Integer.toString(lines),
                done().toString()));
    builder.environment().put("FELIX_LOGSEVERITYSCREEN", "info");
    builder.environment().put("JOURNAL_STREAM", journalStream);
    return builder.redirectError(folder.resolve("errors").toFile());
  }

  private Path done() {
    return folder.resolve("done");
  }
}
