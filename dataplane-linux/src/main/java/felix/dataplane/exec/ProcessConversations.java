package felix.dataplane.exec;

import felix.count.Distribution;
import java.util.List;
import java.util.Map;

/** Starts real programs. Any thread. */
public final class ProcessConversations implements Conversations {
  /**
   * Has glibc give back what a program needed once. By default it learns from the first large block
   * that is freed to keep twice as much: 28 MB after a legacy table of 15,000 rules, not 11.
   */
  private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_TRIM_THRESHOLD_", "131072");

  private final ProcessStarter starter;

  /**
   * Starts programs that are found so.
   *
   * @param startNanos takes down how long it takes to start one
   */
  public ProcessConversations(ProgramFinder programs, Distribution startNanos) {
    this.starter = new ProcessStarter(programs, startNanos);
  }

  @Override
  public Conversation begin(List<String> command) {
    return new ProcessConversation(command.getFirst(), starter.start(command, ENVIRONMENT));
  }
}
