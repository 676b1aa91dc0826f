package felix.dataplane.exec;

import java.util.List;

/** Starts programs that are kept. */
public interface Conversations {
  /**
   * Starts a program.
   *
   * @param command the program and its arguments; no shell is involved
   * @throws felix.dataplane.reconcile.KernelException if it cannot be started
   */
  Conversation begin(List<String> command);
}
