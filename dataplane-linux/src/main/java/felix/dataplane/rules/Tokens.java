package felix.dataplane.rules;

import felix.model.Shown;

/**
 * Checks names before they become part of a rule. The decoder refuses bad ones long before; these
 * are the last line, so that none can end a word, a line or a quotation.
 */
final class Tokens {
  /** IFNAMSIZ less its final zero. */
  static final int MAX_INTERFACE = 15;

  /** IPSET_MAXNAMELEN less its final zero. */
  private static final int MAX_IP_SET = 31;

  /** XT_EXTENSION_MAXNAMELEN less its final zero. */
  private static final int MAX_CHAIN = 28;

  private static final Alphabet ALPHANUMERIC = Alphabet.alphanumericAnd("");
  private static final Alphabet IN_INTERFACE = Alphabet.alphanumericAnd("_.-");
  private static final Alphabet IN_IP_SET = Alphabet.alphanumericAnd("_:.-");
  private static final Alphabet IN_CHAIN = Alphabet.alphanumericAnd("_.:/-");

  private Tokens() {}

  static boolean isOneInterface(String name) {
    return hasLength(name, MAX_INTERFACE) && IN_INTERFACE.spells(name);
  }

  /** One interface, not all that begin so. */
  static void checkOneInterface(String name) {
    checkInterface(name);
    if (name.endsWith("+")) {
      throw new IllegalArgumentException("not one interface: '" + name + "'");
    }
  }

  static void checkInterface(String name) {
    boolean family = name.length() > 1 && name.endsWith("+");
    String start = family ? name.substring(0, name.length() - 1) : name;
    check(hasLength(name, MAX_INTERFACE) && IN_INTERFACE.spells(start), name, "interface name");
  }

  static void checkIpSet(String name) {
    check(hasLength(name, MAX_IP_SET) && IN_IP_SET.spells(name), name, "name of an IP set");
  }

  static void checkChain(String name) {
    boolean good =
        hasLength(name, MAX_CHAIN)
            && ALPHANUMERIC.contains(name.charAt(0))
            && IN_CHAIN.spells(name);
    check(good, name, "chain name");
  }

  private static boolean hasLength(String name, int max) {
    return !name.isEmpty() && name.length() <= max;
  }

  private static void check(boolean good, String text, String what) {
    if (!good) {
      throw new IllegalArgumentException("not a " + what + ": '" + Shown.of(text) + "'");
    }
  }
}
