package felix.config;

import felix.model.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Times by name, and paths. */
final class TimeoutTypes {
  /** By name in small letters, in the order of the names; zero for never. */
  static final ValueType<Map<String, Duration>> TIMEOUTS =
      new ValueType<>(
          "a comma list of name=time with times such as 90s or 1m30s",
          Map.of(),
          TimeoutTypes::timeouts);

  static final ValueType<String> ABSOLUTE_PATH =
      Types.matching("an absolute path", "/[^\\x00-\\x1f]{0,200}");

  private TimeoutTypes() {}

  private static Map<String, Duration> timeouts(String text) {
    var timeouts = new TreeMap<String, Duration>();
    for (String item : Types.items(text)) {
      int equals = Types.checked(item.indexOf('='), item.indexOf('=') > 0);
      String name = Settings.folded(item.substring(0, equals).trim());
      timeouts.put(name, duration(item.substring(equals + 1).trim()));
    }
    return Map.copyOf(timeouts);
  }

  private static Duration duration(String text) {
    BigDecimal nanoseconds = GoDuration.parse(text).nanoseconds();
    return Types.checked(Duration.ofNanos(nanoseconds.longValueExact()), nanoseconds.signum() >= 0);
  }
}
