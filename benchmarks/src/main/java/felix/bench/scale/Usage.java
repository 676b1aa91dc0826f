package felix.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process and its children use, all that have its session. Children that ended are counted
 * with their parents.
 *
 * @param cpuSeconds so far
 * @param residentMiB now
 * @param peakMiB the sum of what each of those who are there now had at most
 */
record Usage(double cpuSeconds, double residentMiB, double peakMiB) {
  /** Of getconf CLK_TCK, which is the same for all of Linux. */
  private static final double TICKS_A_SECOND = 100;

  private static final double KIB_A_MIB = 1024;
  private static final int SESSION = 3;
  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  static Usage ofSession(long session) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .map(process -> of(process, session))
          .reduce(new Usage(0, 0, 0), Usage::plus);
    }
  }

  double cpuSince(Usage before) {
    return cpuSeconds - before.cpuSeconds;
  }

  private Usage plus(Usage other) {
    return new Usage(
        cpuSeconds + other.cpuSeconds, residentMiB + other.residentMiB, peakMiB + other.peakMiB);
  }

  /** Nothing of one that is of another session, or has just ended. */
  private static Usage of(Path process, long session) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      if (!words.get(SESSION).equals(Long.toString(session))) {
        return new Usage(0, 0, 0);
      }
      long ticks =
          words.subList(FIRST_TIME, FIRST_TIME + TIMES).stream().mapToLong(Long::parseLong).sum();
      String status = Files.readString(process.resolve("status"));
      return new Usage(ticks / TICKS_A_SECOND, mib("VmRSS", status), mib("VmHWM", status));
    } catch (IOException e) {
      return new Usage(0, 0, 0);
    }
  }

  private static double mib(String name, String status) {
    var line = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(status);
    return line.find() ? Long.parseLong(line.group(1)) / KIB_A_MIB : 0;
  }
}
