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

  /** As Java reads it, which for what names of interfaces hold is as Go does. */
  static final ValueType<String> REGEX =
      new ValueType<>("a regular expression of at most 200 characters", "", NetworkTypes::regex);

  static final ValueType<List<Cidr>> NETWORKS =
      new ValueType<>(
          "a comma list of networks and addresses",
          List.of(),
          text -> Types.items(text).stream().map(Cidr::parse).toList());

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

  private static PortRange portRange(String text) {
    Types.checked(text, text.matches("\\d{1,5}(:\\d{1,5})?"));
    int colon = text.indexOf(':');
    int first = Integer.parseInt(colon < 0 ? text : text.substring(0, colon));
    int last = colon < 0 ? first : Integer.parseInt(text.substring(colon + 1));
    return Types.checked(new PortRange(first, last), first > 0);
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
