package felix.dataplane;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.Conversation;
import felix.dataplane.exec.Conversations;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Programs whose time is counted as the kernel's. One that has ended, or answered, is a piece of
 * work done: a step may run several.
 */
final class NotedPrograms {
  private final DataplaneStatus status;

  NotedPrograms(DataplaneStatus status) {
    this.status = status;
  }

  /** The same ways to the kernel, noted. */
  Kernel of(Kernel kernel) {
    CommandRunner commands = kernel.commands();
    Conversations conversations = kernel.conversations();
    return kernel.with(
        (command, input) -> noted(() -> commands.run(command, input)),
        command -> new Noted(noted(() -> conversations.begin(command))));
  }

  private <T> T noted(Supplier<T> work) {
    status.progress();
    status.kernelTime().begin();
    try {
      return work.get();
    } finally {
      status.kernelTime().end();
      status.progress();
    }
  }

  private final class Noted implements Conversation {
    private final Conversation conversation;

    Noted(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    public CommandResult say(String text, String lastLine, Duration limit) {
      return noted(() -> conversation.say(text, lastLine, limit));
    }

    @Override
    public boolean isOver() {
      return conversation.isOver();
    }

    @Override
    public long residentBytes() {
      return conversation.residentBytes();
    }

    @Override
    public void close() {
      conversation.close();
    }
  }
}
