package felix.rpf;

/**
 * A value of {@code net.ipv4.conf.*.rp_filter}: whether the kernel drops packets whose source it
 * would not answer by the interface that they came in on.
 */
public enum RpFilter {
  /** No check. */
  OFF,
  /** The answer must leave by the same interface. */
  STRICT,
  /** The answer may leave by any interface: a workload can use any address of another. */
  LOOSE;

  /**
   * What holds for an interface. The kernel takes the larger number of the one for all and the
   * interface's own, so one that is strict cannot make up for {@code all} being loose.
   */
  public static RpFilter effective(RpFilter all, RpFilter own) {
    return all.compareTo(own) > 0 ? all : own;
  }

  /**
   * From the kernel's text.
   *
   * @throws IllegalArgumentException if it is no number from 0 to 2
   */
  static RpFilter parse(String text) {
    return switch (text.strip()) {
      case "0" -> OFF;
      case "1" -> STRICT;
      case "2" -> LOOSE;
      default -> throw new IllegalArgumentException("no rp_filter value: '" + text.strip() + "'");
    };
  }
}
