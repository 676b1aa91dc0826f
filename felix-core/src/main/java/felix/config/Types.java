package felix.config;

import felix.model.Cidr;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of values that settings have. */
final class Types {
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "t");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "n", "f");

  /** Protocol, network in brackets or without, port. */
  private static final Pattern HOST_PORT =
      Pattern.compile(
          "(?:([a-zA-Z]{1,9}):)?(?:\\[([^\\[\\]]{1,50})]:|([0-9./]{1,20}):)?(\\d{1,5})");

  private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,15}(\\.\\d*)?|\\.\\d+)");
  private static final int MOST_PORT = 65_535;

  /** What the rules need. Felix takes two when it reads the value, and ends later. */
  private static final int LEAST_MARK_BITS = 4;

  static final ValueType<Boolean> BOOL = new ValueType<>("true or false", false, Types::bool);

  static final ValueType<Optional<Boolean>> BOOL_OR_UNSET =
      new ValueType<>("true or false", Optional.empty(), text -> Optional.of(bool(text)));

  /** Negative durations count as zero: where one switches something off, so does the other. */
  static final ValueType<Duration> SECONDS =
      new ValueType<>("a number of seconds", Duration.ZERO, text -> duration(text, 1_000));

  /** Never zero, which to the kernel means to wait for ever; it counts in microseconds. */
  static final ValueType<Duration> TIMEOUT =
      new ValueType<>("a number of seconds, at least 0.001", Duration.ZERO, Types::timeout);

  static final ValueType<Duration> MILLIS =
      new ValueType<>("a number of milliseconds", Duration.ZERO, text -> duration(text, 1));

  static final ValueType<String> TEXT = new ValueType<>("any text", "", Function.identity());

  static final ValueType<String> HOST_NAME =
      matching("letters, digits, dots, dashes and underscores", "[a-zA-Z0-9_.-]+");

  static final ValueType<String> LISTEN_ADDRESS =
      matching("a host name or an address", "[a-zA-Z0-9:._+-]{1,64}");

  static final ValueType<String> HOST_AND_PORT = matching("host:port", "[^:/]+:\\d+");

  static final ValueType<String> IPV4_ADDRESS =
      new ValueType<>("an IPv4 address", "", IpLiteral::checkV4);

  static final ValueType<String> IPV6_ADDRESS =
      new ValueType<>("an IPv6 address", "", IpLiteral::checkV6);

  static final ValueType<List<String>> INTERFACE_PREFIXES =
      new ValueType<>(
          "a comma list of 1 to 15 letters, digits, dashes and underscores each",
          List.of(),
          Types::interfacePrefixes);

  static final ValueType<List<HostPort>> PORTS =
      new ValueType<>(
          "a comma list of ports, each with tcp: or udp: before it or nothing for tcp, and perhaps the"
              + " other end's network between the two, as in tcp:10.0.0.0/8:22 or tcp:[fd00::/8]:22",
          List.of(),
          Types::ports);

  static final ValueType<Integer> MARK_MASK = markMask(LEAST_MARK_BITS);

  static final ValueType<List<URI>> ENDPOINTS =
      new ValueType<>(
          "a comma list of http://host:port or, all of them, https://host:port",
          List.of(),
          Types::endpoints);

  private Types() {}

  static ValueType<Integer> integer(int least, int most) {
    return new ValueType<>(
        "a whole number from " + least + " to " + most, 0, text -> integer(text, least, most));
  }

  static ValueType<Integer> port() {
    return integer(0, MOST_PORT);
  }

  static ValueType<Integer> markMask(int leastBits) {
    return new ValueType<>(
        "32 bits with at least " + leastBits + " set, such as 0xffff0000",
        0,
        text -> markMask(text, leastBits));
  }

  /** One of some words in any case; the value is spelt as here. The first stands for none. */
  static ValueType<String> choice(String... words) {
    return new ValueType<>(
        "one of " + String.join(", ", words), "", text -> oneOf(List.of(words), text));
  }

  static ValueType<String> matching(String syntax, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new ValueType<>(syntax, "", text -> checked(text, pattern.matcher(text).matches()));
  }

  static boolean bool(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean yes = TRUE.contains(word);
    return checked(yes, yes || FALSE.contains(word));
  }

  private static int integer(String text, int least, int most) {
    long value = number(text);
    return checked((int) value, value >= least && value <= most);
  }

  /** Decimal, {@code 0x} and sixteen digits, or {@code 0} and eight. */
  static long number(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    checked(digits, !digits.isEmpty() && Character.digit(digits.charAt(0), 10) >= 0);
    return Long.decode(text);
  }

  private static Duration duration(String text, long unitMillis) {
    checked(text, DECIMAL.matcher(text).matches());
    double millis = Double.parseDouble(text) * unitMillis;
    return Duration.ofNanos((long) (Math.max(0, millis) * 1_000_000));
  }

  private static Duration timeout(String text) {
    Duration timeout = duration(text, 1_000);
    return checked(timeout, timeout.compareTo(Duration.ofMillis(1)) >= 0);
  }

  static String oneOf(List<String> words, String text) {
    return words.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static List<String> interfacePrefixes(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(prefix -> checked(prefix, prefix.matches("[a-zA-Z0-9_-]{1,15}")))
        .toList();
  }

  private static List<HostPort> ports(String text) {
    return items(text).stream().map(Types::hostPort).toList();
  }

  private static HostPort hostPort(String item) {
    var parts = HOST_PORT.matcher(item);
    checked(item, parts.matches());
    String protocol = parts.group(1) == null ? "tcp" : parts.group(1).toLowerCase(Locale.ROOT);
    checked(protocol, protocol.equals("tcp") || protocol.equals("udp"));
    String net = parts.group(2) == null ? parts.group(3) : parts.group(2);
    int port = Integer.parseInt(parts.group(4));
    return new HostPort(
        protocol, net == null ? null : Cidr.parse(net), checked(port, port <= MOST_PORT));
  }

  private static int markMask(String text, int leastBits) {
    long mask = number(text);
    checked(text, mask > 0 && mask <= 0xffff_ffffL && Long.bitCount(mask) >= leastBits);
    return (int) mask;
  }

  private static List<URI> endpoints(String text) {
    List<URI> endpoints = items(text).stream().map(Types::endpoint).toList();
    long schemes = endpoints.stream().map(URI::getScheme).distinct().count();
    return checked(endpoints, schemes <= 1);
  }

  private static URI endpoint(String text) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean bare = uri.getRawUserInfo() == null && uri.getQuery() == null;
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean placed = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= MOST_PORT;
    return checked(uri, bare && web && placed && "".equals(uri.getPath()));
  }

  static List<String> items(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).filter(i -> !i.isEmpty()).toList();
  }

  static <V> V checked(V value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
    return value;
  }
}
