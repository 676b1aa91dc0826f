package felix.dataplane.rules;

import felix.model.Shown;
import java.util.regex.Pattern;

/**
 * Checks names before they become part of a rule. The decoder refuses bad ones long before; these
 * are the last line, so that none can end a word, a line or a quotation.
 */
final class Tokens {
  /** IFNAMSIZ less its final zero. */
  static final int MAX_INTERFACE = 15;

  private static final Pattern INTERFACE = Pattern.compile("(?=.{1,15}$)[A-Za-z0-9_.-]+\\+?");
  private static final Pattern IP_SET = Pattern.compile("[A-Za-z0-9_:.-]{1,31}");
  private static final Pattern CHAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,27}");

  private Tokens() {}

  static boolean isOneInterface(String name) {
    return INTERFACE.matcher(name).matches() && !name.endsWith("+");
  }

  /** One interface, not all that begin so. */
  static void checkOneInterface(String name) {
    checkInterface(name);
    if (name.endsWith("+")) {
      throw new IllegalArgumentException("not one interface: '" + name + "'");
    }
  }

  static void checkInterface(String name) {
    check(INTERFACE, name, "interface name");
  }

  static void checkIpSet(String name) {
    check(IP_SET, name, "name of an IP set");
  }

  static void checkChain(String name) {
    check(CHAIN, name, "chain name");
  }

  private static void check(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("not a " + what + ": '" + Shown.of(text) + "'");
    }
  }
}
