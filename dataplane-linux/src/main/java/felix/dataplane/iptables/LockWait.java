package felix.dataplane.iptables;

import java.time.Duration;
import java.util.List;

/**
 * How iptables-restore waits for the lock that all users of ip_tables share. The nft tools have no
 * such lock and take the options for nothing.
 *
 * @param timeout after which it gives up, in whole seconds
 * @param probeInterval between two looks at the lock
 */
public record LockWait(Duration timeout, Duration probeInterval) {
  /** Felix's: a restore that takes the lock cannot be told not to, only how long to wait. */
  public static final LockWait DEFAULT =
      new LockWait(Duration.ofSeconds(10), Duration.ofMillis(50));

  public LockWait {
    if (timeout.toSeconds() < 1) {
      timeout = Duration.ofSeconds(10);
    }
  }

  /** From 1.6.2 on restore knows the lock; from 1.8.8 on it sleeps until the lock is free. */
  List<String> options(IptablesVersion version) {
    if (!version.isAtLeast(1, 6, 2)) {
      return List.of();
    }
    String seconds = Long.toString(timeout.toSeconds());
    return version.isAtLeast(1, 8, 8)
        ? List.of("--wait", seconds)
        : List.of(
            "--wait", seconds, "--wait-interval", Long.toString(probeInterval.toNanos() / 1000));
  }
}
