package felix.dataplane.exec;

import java.util.ArrayList;
import java.util.List;

/** Remembers which programs were started, so that a test can look after them. One thread. */
public final class TrackedConversations implements Conversations, AutoCloseable {
  private final Conversations conversations;
  private final List<Conversation> begun = new ArrayList<>();

  public TrackedConversations(Conversations conversations) {
    this.conversations = conversations;
  }

  @Override
  public Conversation begin(List<String> command) {
    var conversation = conversations.begin(command);
    begun.add(conversation);
    return conversation;
  }

  /** How many programs were started. */
  public int begun() {
    return begun.size();
  }

  /** Whether all have ended, and this process knows. */
  public boolean areAllOver() {
    return begun.stream().allMatch(Conversation::isOver);
  }

  @Override
  public void close() {
    begun.forEach(Conversation::close);
  }
}
