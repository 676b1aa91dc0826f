package felix.dataplane.exec;

import felix.dataplane.reconcile.KernelException;
import java.time.Duration;

/**
 * A program that was started and is kept, to be told one thing after another. One thread at a time.
 *
 * <p>It ends by itself when this process does, however that happens: its input ends then.
 */
public interface Conversation extends AutoCloseable {
  /**
   * Says something and waits for the answer.
   *
   * @param text with a newline at its end; the program must be able to take all of it before it has
   *     anything to say that does not fit into a pipe
   * @param lastLine of the answer
   * @param limit after which the program is killed
   * @return what it said, with exit code 0, up to the last line and with it. If it ended before
   *     that, how it ended, and {@link #isOver} from then on
   * @throws KernelException if it had to be killed
   */
  CommandResult say(String text, String lastLine, Duration limit);

  /** Whether the program has ended. */
  boolean isOver();

  /** How much of the host's memory the program has; 0 if that is not known. */
  long residentBytes();

  /** Ends the program at once, in whatever it does. */
  @Override
  void close();
}
