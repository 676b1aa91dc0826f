package felix.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Standard output. */
final class Screen implements Target {
  static final String NAME = "standard output";

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final Layout layout;

  Screen(OutputStream out, Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  /** This process's. */
  static Screen ofProcess(Map<String, String> environment) {
    return new Screen(
        new FileOutputStream(FileDescriptor.out),
        isJournal(environment) ? Layout.JOURNAL : Layout.PLAIN);
  }

  /** Whether this process's standard output is systemd's journal. */
  static boolean isJournal(Map<String, String> environment) {
    return isJournal(environment.get("JOURNAL_STREAM"), STANDARD_OUTPUT);
  }

  /**
   * Whether an output is the stream that systemd means: what it started may have sent its output
   * elsewhere, and still have the variable.
   *
   * @param stream device and inode, as in the variable JOURNAL_STREAM (systemd.exec(5)); null for
   *     none
   */
  private static boolean isJournal(@Nullable String stream, Path output) {
    if (stream == null) {
      return false;
    }
    try {
      Object device = Files.getAttribute(output, "unix:dev");
      Object inode = Files.getAttribute(output, "unix:ino");
      return stream.equals(device + ":" + inode);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void write(LogLine line) throws IOException {
    out.write(layout.format(line).getBytes(StandardCharsets.UTF_8));
  }

  /** Standard output stays open: it is not ours alone. */
  @Override
  public void close() {}
}
