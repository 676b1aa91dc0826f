package felix.dataplane.iptables;

import java.time.Duration;
import java.util.List;

/**
 * How iptables-restore waits for the lock that all users of ip_tables share. The nft tools have no
 * such lock and take the options for nothing.
 *
 * @param timeout after which it gives up, in whole seconds
 * @param probeInterval between two looks at the lock
 * @param file the lock, for a restore that does not take it itself
 */
public record LockWait(Duration timeout, Duration probeInterval, String file) {
  /** Where iptables has it. */
  public static final String USUAL_FILE = "/run/xtables.lock";

  /** Felix's: a restore that takes the lock cannot be told not to, only how long to wait. */
  public static final LockWait DEFAULT =
      new LockWait(Duration.ofSeconds(10), Duration.ofMillis(50), USUAL_FILE);

  public LockWait {
    if (timeout.toSeconds() < 1) {
      timeout = Duration.ofSeconds(10);
    }
  }

  /** What holds the lock for a restore that does not know it; goes before its command. */
  List<String> holder(IptablesVersion version) {
    return knowsTheLock(version)
        ? List.of()
        : List.of("flock", "--timeout", Long.toString(timeout.toSeconds()), file);
  }

  private static boolean knowsTheLock(IptablesVersion version) {
    return version.isAtLeast(1, 6, 2);
  }

  /** From 1.8.8 on restore sleeps until the lock is free. */
  List<String> options(IptablesVersion version) {
    if (!knowsTheLock(version)) {
      return List.of();
    }
    String seconds = Long.toString(timeout.toSeconds());
    return version.isAtLeast(1, 8, 8)
        ? List.of("--wait", seconds)
        : List.of(
            "--wait", seconds, "--wait-interval", Long.toString(probeInterval.toNanos() / 1000));
  }
}
