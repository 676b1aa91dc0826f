package felix.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTargetTest {
  private final AtomicLong clock = new AtomicLong();

  @TempDir Path folder;

  @Test
  void itsFolderIsMadeAndWhatIsThereStays() throws IOException {
    Path file = folder.resolve("a/b/felix.log");
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(file, "before\n");
    write(file, "one", "two");
    assertThat(texts(file)).containsExactly("before", "Test: one", "Test: two");

    Path fresh = folder.resolve("c/d/felix.log");
    write(fresh, "one");
    assertThat(texts(fresh)).containsExactly("Test: one");
  }

  @Test
  void aFileThatIsRotatedAwayIsFollowedByANewOne() throws IOException {
    Path file = folder.resolve("felix.log");
    try (var target = new LogFileTarget(file, clock::get)) {
      target.write(line("one"));
      Files.move(file, folder.resolve("felix.log.1"));
      pass();
      target.write(line("two"));
      Files.delete(file);
      pass();
      target.write(line("three"));
    }
    assertThat(texts(folder.resolve("felix.log.1"))).containsExactly("Test: one");
    assertThat(texts(file)).containsExactly("Test: three");
  }

  @Test
  void whatWasWrittenBetweenIsInTheNewFile() throws IOException {
    Path file = folder.resolve("felix.log");
    try (var target = new LogFileTarget(file, clock::get)) {
      target.write(line("one"));
      Files.move(file, folder.resolve("felix.log.1"));
      Files.createFile(file);
      pass();
      target.write(line("two"));
    }
    assertThat(texts(file)).containsExactly("Test: two");
  }

  @Test
  void aFileThatCannotBeOpenedIsTriedAgain() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "no folder");
    Path file = blocked.resolve("felix.log");
    try (var target = new LogFileTarget(file, clock::get)) {
      assertThatThrownBy(() -> target.write(line("one"))).isInstanceOf(IOException.class);
      Files.delete(blocked);
      assertThatThrownBy(() -> target.write(line("two"))).isInstanceOf(IOException.class);
      pass();
      target.write(line("three"));
    }
    assertThat(texts(file)).containsExactly("Test: three");
  }

  @Test
  void aFullDiskIsAnErrorForEachLine() {
    try (var target = new LogFileTarget(Path.of("/dev/full"), clock::get)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> target.write(line("one")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left");
        pass();
      }
    }
  }

  private void write(Path file, String... texts) throws IOException {
    try (var target = new LogFileTarget(file, clock::get)) {
      for (String text : texts) {
        target.write(line(text));
      }
    }
  }

  private void pass() {
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private static List<String> texts(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.replaceAll("^.*\\] ", "")).toList();
  }

  private static LogLine line(String text) {
    return new LogLine(0, Severity.INFO, "main", "Test", text, List.of());
  }
}
