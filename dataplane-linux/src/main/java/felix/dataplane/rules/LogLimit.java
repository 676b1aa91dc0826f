package felix.dataplane.rules;

import java.util.Locale;

/**
 * How many packets a rule logs: so many a unit of time, and at once when there were none for a
 * while.
 *
 * @param burst at once; 0 for the kernel's own 5. Fewer where the kernel could not count so far: it
 *     refuses such a rule, and the whole table with it
 */
public record LogLimit(int packets, Unit per, int burst) {
  private static final int USUAL_BURST = 5;

  /**
   * What a full bucket may take to fill again: xt_limit counts in 32 bits, 32,000 a second on
   * kernels with 250 or 1,000 ticks a second, and fewer on others.
   */
  private static final long LONGEST_FILL_SECONDS = (1L << 32) / 32_000;

  /** What packets are counted by. */
  public enum Unit {
    SECOND(1),
    MINUTE(60),
    HOUR(3_600),
    DAY(86_400);

    private final int seconds;

    Unit(int seconds) {
      this.seconds = seconds;
    }
  }

  public LogLimit {
    if (packets < 1 || packets > 9_999 || burst < 0) {
      throw new IllegalArgumentException(packets + " packets, " + burst + " at once");
    }
    long most = Math.max(1, LONGEST_FILL_SECONDS * packets / per.seconds);
    burst = (int) Math.min(burst == 0 ? USUAL_BURST : burst, most);
  }

  /**
   * A limit as {@code LogActionRateLimit} has it.
   *
   * @param rate such as {@code 10/minute}
   * @throws IllegalArgumentException if it is none
   */
  public static LogLimit parse(String rate, int burst) {
    int slash = rate.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a rate: " + rate);
    }
    return new LogLimit(
        Integer.parseInt(rate.substring(0, slash)),
        Unit.valueOf(rate.substring(slash + 1).toUpperCase(Locale.ROOT)),
        burst);
  }

  /** As {@code --limit} takes it. */
  String rate() {
    return packets + "/" + per.name().toLowerCase(Locale.ROOT);
  }
}
