package felix.dataplane.exec;

import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Programs that are kept, made of ones that are run: what is said in one go is all that a run
 * reads. As a program that goes on would, it counts the lines of all that it was told.
 */
public final class FakeConversations implements Conversations {
  private static final Pattern LINE = Pattern.compile("(line:? )(\\d+)");

  private final CommandRunner runner;
  private final List<Fake> begun = new ArrayList<>();
  private boolean mute;

  public FakeConversations(CommandRunner runner) {
    this.runner = runner;
  }

  /** From now on nobody answers. */
  public void fallMute() {
    mute = true;
  }

  /** How many programs were started. */
  public int begun() {
    return begun.size();
  }

  @Override
  public Conversation begin(List<String> command) {
    var fake = new Fake(command);
    begun.add(fake);
    return fake;
  }

  private final class Fake implements Conversation {
    private final List<String> command;
    private int lines;
    private boolean over;

    private Fake(List<String> command) {
      this.command = command;
    }

    @Override
    public CommandResult say(String text, String lastLine, Duration limit) {
      if (mute) {
        over = true;
        throw new KernelException("run " + command.getFirst(), "killed, as it had not answered");
      }
      boolean greeting = text.lines().allMatch(line -> line.startsWith("#"));
      var result = greeting ? new CommandResult(0, lastLine + "\n", "") : runner.run(command, text);
      over = !result.succeeded() || !result.output().contains(lastLine + "\n");
      int before = lines;
      lines += (int) text.lines().count();
      return new CommandResult(
          result.exitCode(),
          result.output(),
          LINE.matcher(result.errors())
              .replaceAll(m -> m.group(1) + (Integer.parseInt(m.group(2)) + before)));
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public long residentBytes() {
      return 0;
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
