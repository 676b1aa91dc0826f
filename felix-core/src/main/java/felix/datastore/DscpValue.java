package felix.datastore;

import felix.model.Shown;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of the DS field (RFC 2474): 0 to 63, or a name in any case. The names are those of RFC
 * 2474, 2597 and 3246 that Calico knows: DF, CS0 to CS6, AF11 to AF43, EF.
 */
final class DscpValue {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("DF", 0),
          Map.entry("EF", 46),
          Map.entry("AF11", 10),
          Map.entry("AF12", 12),
          Map.entry("AF13", 14),
          Map.entry("AF21", 18),
          Map.entry("AF22", 20),
          Map.entry("AF23", 22),
          Map.entry("AF31", 26),
          Map.entry("AF32", 28),
          Map.entry("AF33", 30),
          Map.entry("AF41", 34),
          Map.entry("AF42", 36),
          Map.entry("AF43", 38),
          Map.entry("CS0", 0),
          Map.entry("CS1", 8),
          Map.entry("CS2", 16),
          Map.entry("CS3", 24),
          Map.entry("CS4", 32),
          Map.entry("CS5", 40),
          Map.entry("CS6", 48));

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final int MAX = 63;

  private DscpValue() {}

  /** A number, or text; null if there is nothing. */
  static @Nullable Integer decode(Json value) {
    if (!value.isPresent()) {
      return null;
    }
    return value.isTextual() ? value.parsed(DscpValue::parse) : value.integer(0, MAX);
  }

  private static Integer parse(String text) {
    if (DIGITS.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number <= MAX) {
        return number;
      }
    }
    Integer named = NAMES.get(text.strip().toUpperCase(Locale.ROOT));
    if (named == null) {
      throw new IllegalArgumentException("not a DSCP value: '" + Shown.of(text) + "'");
    }
    return named;
  }
}
