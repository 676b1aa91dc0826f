package felix.dataplane.iptables;

import felix.dataplane.reconcile.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the failures in a row, and tells of them: of the first with its input, of the tenth as an
 * error, of each that says something new, and of the end.
 */
final class FailureLog {
  private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

  /** Felix gives up after as many. */
  private static final int LASTING = 10;

  /** Of more, the failed line that the exception names must do. */
  private static final int MAX_LOGGED_INPUT = 64 << 10;

  private final String driver;
  private int failures;
  private String last = "";

  FailureLog(String driver) {
    this.driver = driver;
  }

  /**
   * Tells of a failure.
   *
   * @param input what the kernel refused; "" if nothing was written
   * @return how many there were in a row
   */
  int failed(KernelException failure, String input) {
    failures++;
    String message = String.valueOf(failure.getMessage());
    if (failures == 1) {
      log.warn("{}: will retry: {}; input:\n{}", driver, message, shown(input));
    } else if (failures == LASTING) {
      log.error("{}: failed {} times in a row, will retry: {}", driver, failures, message);
    } else if (!message.equals(last)) {
      log.warn("{}: will retry: {}", driver, message);
    }
    last = message;
    return failures;
  }

  void succeeded() {
    if (failures > 0) {
      log.info("{}: succeeded after {} failures", driver, failures);
      failures = 0;
    }
  }

  private static String shown(String input) {
    return input.length() <= MAX_LOGGED_INPUT
        ? input
        : input.substring(0, MAX_LOGGED_INPUT) + "... (" + input.length() + " characters)";
  }
}
