package felix.dataplane.iptables;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.Conversation;
import felix.dataplane.exec.Conversations;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the restore of one family in a child that is kept from batch to batch: to start it anew
 * costs more than most batches. Each ends as if a program had been run for it. All other commands
 * pass through, on any thread; the restore is of one thread at a time.
 *
 * <p>A restore commits at each COMMIT, holds no lock between two tables, and looks at a table anew
 * when it begins with it. It echoes comments, so a comment behind the batch acknowledges it; and
 * further ones after that, as many as it takes to make it write out what it has to say. On an error
 * it ends, and the next batch gets a new one.
 */
public final class KeptRestore implements CommandRunner, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeptRestore.class);

  /** Fits into a pipe; with more, what is saved does not matter any more. In characters. */
  private static final int MAX_INPUT = 20 << 10;

  /**
   * A child that has grown larger goes after the batch. A legacy one does so for the size of the
   * table (11 MB for 15,000 rules), and has nothing to gain there: reading the table takes all the
   * time.
   */
  private static final long MAX_BYTES = 6 << 20;

  /** glibc gathers up to 8 KiB for a pipe. */
  private static final String ENOUGH_TO_FLUSH = ("# " + ".".repeat(509) + "\n").repeat(16);

  private static final int LINES_TO_FLUSH = 16;

  /** Only comments are echoed meanwhile, and nothing is locked. */
  private static final Duration TO_SAY_HELLO = Duration.ofSeconds(2);

  /** So many children in a row that do not acknowledge a comment are not just bad luck. */
  private static final int MAX_MUTE = 3;

  private final IptablesTools tools;
  private final CommandRunner runner;
  private final Conversations conversations;
  private final Duration limit;
  private final KeptStatus status;
  private @Nullable Conversation child;
  private int linesSaid;
  private int batches;
  private int mute;

  /**
   * A restore that is not started yet.
   *
   * @param runner for all else, and where no child can be kept
   * @param limit after which a child that does not answer is killed
   */
  public KeptRestore(
      IptablesTools tools, CommandRunner runner, Conversations conversations, Duration limit) {
    this.tools = tools;
    this.runner = runner;
    this.conversations = conversations;
    this.limit = limit;
    this.status = new KeptStatus(tools.ipVersion(), tools.canKeepRestore());
  }

  /** For metrics. */
  public KeptStatus status() {
    return status;
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    if (!command.equals(tools.restoreCommand())
        || !status.isKept()
        || input.length() > MAX_INPUT
        || !isComplete(input)) {
      return runner.run(command, input);
    }
    var ready = child();
    return ready == null ? runner.run(command, input) : feed(ready, input);
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }

  /** Else the next batch would go on where this one ends, and the lock be held until then. */
  private static boolean isComplete(String input) {
    int committed = input.lastIndexOf("\nCOMMIT\n");
    return committed >= 0 && input.lastIndexOf("\n*") < committed;
  }

  /** One that has said hello; null if none does. */
  private @Nullable Conversation child() {
    if (child != null && child.isOver()) {
      close();
    }
    if (child == null) {
      var started = conversations.begin(tools.restoreCommand());
      child = started;
      linesSaid = 0;
      status.started();
      greet(started);
    }
    return child;
  }

  private void greet(Conversation started) {
    try {
      var hello = say(started, "", TO_SAY_HELLO);
      if (!started.isOver()) {
        mute = 0;
        return;
      }
      failedToGreet("exit " + hello.exitCode() + ", " + hello.errors().strip());
    } catch (KernelException e) {
      failedToGreet(String.valueOf(e.getMessage()));
    }
  }

  private void failedToGreet(String why) {
    close();
    mute++;
    if (mute == MAX_MUTE) {
      status.isNotKept();
      log.warn(
          "{} does not acknowledge what it is given, and is run anew for each batch: {}",
          tools.restoreCommand().getFirst(),
          why);
    }
  }

  private CommandResult feed(Conversation to, String input) {
    int before = linesSaid;
    try {
      var result = say(to, input, limit);
      status.fed();
      return new CommandResult(
          result.exitCode(), result.output(), FailedLine.countedFrom(before, result.errors()));
    } finally {
      if (to.isOver() || to.residentBytes() > MAX_BYTES) {
        close();
      }
    }
  }

  private CommandResult say(Conversation to, String input, Duration patience) {
    batches++;
    String acknowledgement = "# ack " + batches;
    linesSaid += (int) input.lines().count() + 1 + LINES_TO_FLUSH;
    return to.say(input + acknowledgement + "\n" + ENOUGH_TO_FLUSH, acknowledgement, patience);
  }
}
