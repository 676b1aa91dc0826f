package felix.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A time as Go writes it: {@code 90s}, {@code 1m30s}, {@code 1.5h}.
 *
 * @param nanoseconds within the range of 64 bits
 */
public record GoDuration(BigDecimal nanoseconds) {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private static final Pattern PART =
      Pattern.compile("(\\d{1,20}(?:\\.\\d{0,20})?|\\.\\d{1,20})(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|(?:" + PART + "){1,8})");

  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the text is none; the message repeats it
   */
  public static GoDuration parse(String text) {
    if (text.length() > 200 || !WHOLE.matcher(text).matches()) {
      throw bad(text);
    }
    var sum = BigDecimal.ZERO;
    var part = PART.matcher(text);
    while (part.find()) {
      long unit = UNITS.getOrDefault(part.group(2), 0L);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    sum = sum.setScale(0, RoundingMode.DOWN);
    if (sum.compareTo(MAX) > 0) {
      throw bad(text);
    }
    return new GoDuration(text.startsWith("-") ? sum.negate() : sum);
  }

  /** As a plain decimal. */
  public String inSeconds() {
    return plain(9);
  }

  /** As a plain decimal. */
  public String inMilliseconds() {
    return plain(6);
  }

  private String plain(int digits) {
    return nanoseconds.movePointLeft(digits).stripTrailingZeros().toPlainString();
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException("not a duration: '" + Shown.of(text) + "'");
  }
}
