package felix.dataplane.iptables;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** How restore names the line that it could not take; some versions then exit 0. */
final class FailedLine {
  private static final Pattern PATTERN =
      Pattern.compile("(Error occurred at line: |line )(\\d{1,9})");

  private FailedLine() {}

  /** The number of the first line that is named. */
  static OptionalInt in(String errors) {
    var found = PATTERN.matcher(errors);
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(2))) : OptionalInt.empty();
  }

  /** The same words for one who does not know that so many lines came before. */
  static String countedFrom(int linesBefore, String errors) {
    return PATTERN
        .matcher(errors)
        .replaceAll(line -> line.group(1) + (Integer.parseInt(line.group(2)) - linesBefore));
  }
}
