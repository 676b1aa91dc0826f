package felix.dataplane.conntrack;

import felix.count.Count;
import felix.count.Distribution;

/**
 * What others ask about the connections of one family that are removed. Written by the dataplane
 * thread, read by any.
 */
public final class ConnectionStatus {
  private final Distribution cleanUpNanos = new Distribution();
  private final Count removed = new Count();
  private final Count cut = new Count();
  private final Count failures = new Count();

  /** How long routes to addresses that were taken over had to wait. */
  public Distribution cleanUpNanos() {
    return cleanUpNanos;
  }

  /** How many connections of addresses that were left. */
  public long removed() {
    return removed.get();
  }

  /** How many connections that policy had come to deny. */
  public long cut() {
    return cut.get();
  }

  /** How often the kernel refused. */
  public long failures() {
    return failures.get();
  }

  void cleaned(int connections, long nanos) {
    removed.add(connections);
    cleanUpNanos.observe(nanos);
  }

  void cut(int connections) {
    cut.add(connections);
  }

  void failed() {
    failures.add(1);
  }
}
