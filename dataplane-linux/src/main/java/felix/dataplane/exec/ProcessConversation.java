package felix.dataplane.exec;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import felix.dataplane.reconcile.KernelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over the pipes of a child process, on the calling thread. What bounds a read or a
 * write that blocks is an alarm that kills the child.
 */
final class ProcessConversation implements Conversation {
  private static final int CHUNK_BYTES = 16 << 10;
  private static final int MAX_OUTPUT_BYTES = 1 << 20;

  /** A process that has closed its output is about to end. */
  private static final long SECONDS_TO_END = 5;

  private final String program;
  private final Process process;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private boolean over;

  /** What it said before it ended without an answer. */
  private String lastWords = "";

  ProcessConversation(String program, Process process) {
    this.program = program;
    this.process = process;
  }

  @Override
  public CommandResult say(String text, String lastLine, Duration limit) {
    var alarm = new CompletableFuture<Boolean>();
    var killed = alarm.completeOnTimeout(true, limit.toNanos(), NANOSECONDS);
    var kill = killed.thenAccept(this::killIf);
    try {
      write(text);
      String said = readTo(lastLine);
      if (said != null) {
        return new CommandResult(0, said, errors());
      }
    } finally {
      alarm.complete(false);
      kill.join();
    }
    over = true;
    if (killed.join()) {
      throw new KernelException(
          "run " + program, "killed, as it had not answered after " + limit.toMillis() + " ms");
    }
    return ended();
  }

  @Override
  public boolean isOver() {
    return over || !process.isAlive();
  }

  @Override
  public long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // it has just ended
    }
  }

  @Override
  public void close() {
    over = true;
    process.destroyForcibly();
    try {
      process.getInputStream().close();
      process.getErrorStream().close();
      process.getOutputStream().close();
    } catch (IOException e) {
      // what could not be written any more was for a process that is gone
    }
  }

  private void killIf(boolean late) {
    if (late) {
      process.destroyForcibly();
    }
  }

  /** Where the program has ended it says nothing either, which tells the same. */
  private void write(String text) {
    try {
      var input = process.getOutputStream();
      input.write(text.getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      over = true;
    }
  }

  /** What was said up to that line; null if the output ended before it. What follows is dropped. */
  private @Nullable String readTo(String lastLine) {
    var said = new ByteArrayOutputStream();
    String wanted = "\n" + lastLine + "\n";
    try {
      InputStream output = process.getInputStream();
      for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        said.write(chunk, 0, n);
        String text = "\n" + said.toString(StandardCharsets.UTF_8);
        int at = text.indexOf(wanted);
        if (at >= 0) {
          return text.substring(1, at + wanted.length());
        }
        if (said.size() > MAX_OUTPUT_BYTES) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      process.destroyForcibly();
    }
    lastWords = said.toString(StandardCharsets.UTF_8);
    return null;
  }

  private CommandResult ended() {
    try {
      if (!process.waitFor(SECONDS_TO_END, SECONDS)) {
        process.destroyForcibly();
        throw new KernelException("run " + program, "killed, as it listened no more");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("run " + program, "killed, as the agent is stopping");
    }
    return new CommandResult(process.exitValue(), lastWords, errors());
  }

  /** What it has said there up to now; a pipe is large enough for it. */
  private String errors() {
    try {
      var stream = process.getErrorStream();
      return new String(stream.readNBytes(stream.available()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
