package felix.dataplane.conntrack;

import felix.count.Distribution;

/**
 * What others ask about the connections of one family that are removed. Written by the dataplane
 * thread, read by any.
 */
public final class ConnectionStatus {
  private final Distribution cleanUpNanos = new Distribution();
  private volatile long removed;
  private volatile long cut;
  private volatile long failures;

  /** How long routes to addresses that were taken over had to wait. */
  public Distribution cleanUpNanos() {
    return cleanUpNanos;
  }

  /** How many connections of addresses that were left. */
  public long removed() {
    return removed;
  }

  /** How many connections that policy had come to deny. */
  public long cut() {
    return cut;
  }

  /** How often the kernel refused. */
  public long failures() {
    return failures;
  }

  void cleaned(int connections, long nanos) {
    removed += connections;
    cleanUpNanos.observe(nanos);
  }

  void cut(int connections) {
    cut += connections;
  }

  void failed() {
    failures++;
  }
}
