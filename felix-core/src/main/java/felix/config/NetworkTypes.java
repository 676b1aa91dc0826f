package felix.config;

import felix.model.Cidr;
import felix.model.PortRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The kinds of values that settings of the overlay and of NAT have. */
final class NetworkTypes {
  private static final int LONGEST_REGEX = 200;

  /** IPv4 needs 68 bytes (RFC 791). */
  static final ValueType<Integer> MTU =
      new ValueType<>("0, or a whole number from 68 to 65535", 0, NetworkTypes::mtu);

  /**
   * As Java reads it, where Felix reads it as Go does. For letters, digits, classes, groups and
   * repetitions that is the same; Java also knows what looks back or ahead, and does not know Go's
   * {@code \\C}, {@code (?U)} and {@code [[:alpha:]]}, for which it says so or, in the last case,
   * means the letters between the brackets. Where both alternatives of a group match, both take the
   * first.
   */
  static final ValueType<String> REGEX =
      new ValueType<>("a regular expression of at most 200 characters", "", NetworkTypes::regex);

  static final ValueType<List<Cidr>> NETWORKS =
      new ValueType<>(
          "a comma list of networks and addresses",
          List.of(),
          text -> Types.items(text).stream().map(Cidr::parse).toList());

  static final ValueType<List<String>> INTERFACE_NAMES =
      new ValueType<>(
          "a comma list of names of interfaces and of /regular expressions/",
          List.of(),
          text -> Types.items(text).stream().map(NetworkTypes::interfaceName).toList());

  static final ValueType<String> TABLE_RANGE =
      new ValueType<>("two numbers from 1 to 250 with a dash between", "", t -> tables(t, 250));

  static final ValueType<List<String>> TABLE_RANGES =
      new ValueType<>(
          "a comma list of two numbers each from 1 to 4294967295 with a dash between, for at most"
              + " 65535 tables",
          List.of(),
          NetworkTypes::tableRanges);

  static final ValueType<List<PortRange>> PORT_RANGES =
      new ValueType<>(
          "a comma list of ports from 0 to 65535, single ones or two with a colon between",
          List.of(),
          text -> Types.items(text).stream().map(NetworkTypes::anyPortRange).toList());

  static final ValueType<Optional<PortRange>> PORT_RANGE =
      new ValueType<>(
          "a port from 1 to 65535, or two with a colon between",
          Optional.empty(),
          text -> Optional.of(portRange(text)));

  static final ValueType<String> INTERFACE_PATTERN =
      Types.matching(
          "1 to 15 letters, digits, dots, dashes and underscores, or + at the end for all that begin"
              + " so",
          "(?=.{1,15}$)[a-zA-Z0-9._-]+\\+?");

  /** Names that today's Felix knows. */
  private static final List<String> FEATURE_NAMES =
      List.of(
          "ChecksumOffloadBroken",
          "IPIPDeviceIsL3",
          "KernelHasUDPGSOFix",
          "KernelSideRouteFiltering",
          "MASQFullyRandom",
          "NFLogSize",
          "NFTablesSupported",
          "RestoreSupportsLock",
          "SNATFullyRandom");

  static final ValueType<Map<String, Boolean>> FEATURES =
      new ValueType<>(
          "a comma list of name=true and name=false with names from "
              + String.join(", ", FEATURE_NAMES),
          Map.of(),
          NetworkTypes::features);

  private NetworkTypes() {}

  /**
   * Matching recurses as deep as an expression is nested, and its time can double with each part.
   */
  private static String regex(String text) {
    Types.checked(text, text.length() <= LONGEST_REGEX);
    return Pattern.compile(text).pattern();
  }

  private static int mtu(String text) {
    long bytes = Types.number(text);
    return Types.checked((int) bytes, bytes == 0 || (bytes >= 68 && bytes <= 65_535));
  }

  /** As it is written: {@code kube-ipvs0} or {@code /^veth/}. */
  private static String interfaceName(String text) {
    boolean isRegex = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    if (isRegex) {
      regex(text.substring(1, text.length() - 1));
      return Types.checked(text, text.chars().noneMatch(Character::isWhitespace));
    }
    return Types.checked(text, text.matches("[a-zA-Z0-9_-]{1,15}"));
  }

  private static List<String> tableRanges(String text) {
    List<String> ranges = Types.items(text).stream().map(t -> tables(t, 0xffff_ffffL)).toList();
    long tables = ranges.stream().mapToLong(NetworkTypes::tableCount).sum();
    return Types.checked(ranges, tables <= 65_535);
  }

  /** As it is written, once it is known to be right. */
  private static String tables(String text, long most) {
    Types.checked(text, text.matches("\\d{1,10}-\\d{1,10}"));
    long first = Long.parseLong(text.substring(0, text.indexOf('-')));
    long last = Long.parseLong(text.substring(text.indexOf('-') + 1));
    return Types.checked(text, first >= 1 && first <= last && last <= most);
  }

  private static long tableCount(String range) {
    int dash = range.indexOf('-');
    return Long.parseLong(range.substring(dash + 1)) - Long.parseLong(range.substring(0, dash)) + 1;
  }

  private static PortRange portRange(String text) {
    PortRange range = anyPortRange(text);
    return Types.checked(range, range.first() > 0);
  }

  private static PortRange anyPortRange(String text) {
    Types.checked(text, text.matches("\\d{1,5}(:\\d{1,5})?"));
    int colon = text.indexOf(':');
    int first = Integer.parseInt(colon < 0 ? text : text.substring(0, colon));
    int last = colon < 0 ? first : Integer.parseInt(text.substring(colon + 1));
    return new PortRange(first, last);
  }

  private static Map<String, Boolean> features(String text) {
    var features = new TreeMap<String, Boolean>();
    for (String item : Types.items(text)) {
      int equals = item.indexOf('=');
      Types.checked(item, equals > 0);
      features.put(
          Types.oneOf(FEATURE_NAMES, item.substring(0, equals).trim()),
          Types.bool(item.substring(equals + 1).trim()));
    }
    return Collections.unmodifiableMap(features);
  }
}
