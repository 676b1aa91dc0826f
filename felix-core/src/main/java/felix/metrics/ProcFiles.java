package felix.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code /proc} says of a process; see proc(5). NaN where it cannot be read. Any thread. */
final class ProcFiles {
  /** {@code sysconf(_SC_CLK_TCK)}: 100 on all architectures that the agent runs on. */
  private static final double TICKS_A_SECOND = 100;

  private static final double UNLIMITED = -1;

  private static final int USER_TICKS = 14;
  private static final int KERNEL_TICKS = 15;
  private static final int START_TICKS = 22;
  private static final int VIRTUAL_BYTES = 23;

  private final Path proc;
  private final Path process;

  private ProcFiles(Path proc, Path process) {
    this.proc = proc;
    this.process = process;
  }

  static ProcFiles ofThisProcess() {
    return new ProcFiles(Path.of("/proc"), Path.of("/proc/self"));
  }

  double cpuSeconds() {
    return (stat(USER_TICKS) + stat(KERNEL_TICKS)) / TICKS_A_SECOND;
  }

  double virtualBytes() {
    return stat(VIRTUAL_BYTES);
  }

  double residentBytes() {
    return field(process.resolve("status"), "VmRSS:", 1) * 1024;
  }

  double startSeconds() {
    return field(proc.resolve("stat"), "btime", 1) + stat(START_TICKS) / TICKS_A_SECOND;
  }

  double openFiles() {
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.count();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** A soft limit. */
  double limit(String name) {
    return field(process.resolve("limits"), name, name.split(" ").length);
  }

  /** A field by its number; the second is the name in parentheses, which may hold anything. */
  private double stat(int number) {
    List<String> lines = lines(process.resolve("stat"));
    if (lines.isEmpty()) {
      return Double.NaN;
    }
    String line = lines.getLast();
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return number(fields, number - 3);
  }

  private static double field(Path file, String lineBegins, int index) {
    return lines(file).stream()
        .filter(line -> line.startsWith(lineBegins))
        .findFirst()
        .map(line -> number(line.split("\\s+"), index))
        .orElse(Double.NaN);
  }

  private static double number(String[] fields, int index) {
    if (index >= fields.length) {
      return Double.NaN;
    }
    try {
      return fields[index].equals("unlimited") ? UNLIMITED : Double.parseDouble(fields[index]);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
