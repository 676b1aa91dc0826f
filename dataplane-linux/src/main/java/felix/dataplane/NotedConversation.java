package felix.dataplane;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.Conversation;
import felix.dataplane.reconcile.KernelTime;
import java.time.Duration;

/**
 * A conversation whose answers are pieces of work done, and count as time of the kernel. One thread
 * at a time.
 */
record NotedConversation(Conversation conversation, KernelTime time, Runnable progress)
    implements Conversation {
  @Override
  public CommandResult say(String text, String lastLine, Duration limit) {
    progress.run();
    time.begin();
    try {
      return conversation.say(text, lastLine, limit);
    } finally {
      time.end();
      progress.run();
    }
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
