package felix.rpf;

/**
 * What a value of {@code net.ipv4.conf.*.rp_filter} stands for: whether the kernel drops packets
 * whose source it would not answer by the interface that they came in on.
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

  /** The number that an operator writes for it. */
  int number() {
    return switch (this) {
      case OFF -> 0;
      case STRICT -> 1;
      case LOOSE -> 2;
    };
  }

  /**
   * From the kernel's text. The kernel keeps any number that it is given, and checks strictly for 1
   * alone ({@code fib_validate_source}).
   *
   * @throws NumberFormatException if it is no number
   */
  static RpFilter parse(String text) {
    return switch (Integer.parseInt(text.strip())) {
      case 0 -> OFF;
      case 1 -> STRICT;
      default -> LOOSE;
    };
  }
}
