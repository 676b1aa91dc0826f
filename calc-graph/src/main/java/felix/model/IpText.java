package felix.model;

/** Text forms of addresses: dotted decimal, and RFC 4291 section 2.2 read, RFC 5952 written. */
final class IpText {
  private IpText() {}

  static Ip parse(String text) {
    if (text.indexOf(':') >= 0) {
      return parseV6(text);
    }
    return new Ip(IpVersion.V4, 0, parseV4(text, text));
  }

  static String format(Ip ip) {
    if (ip.version() == IpVersion.V4) {
      long v = ip.low();
      return (v >> 24) + "." + (v >> 16 & 255) + "." + (v >> 8 & 255) + "." + (v & 255);
    }
    return formatV6(ip);
  }

  private static long parseV4(String part, String whole) {
    long value = 0;
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? part.indexOf('.', at) : part.length();
      value = value << 8 | octet(part, at, end, whole);
      at = end + 1;
    }
    return value;
  }

  private static int octet(String text, int start, int end, String whole) {
    boolean leadingZero = end > start + 1 && text.charAt(start) == '0';
    if (end <= start || end > start + 3 || leadingZero) {
      throw bad(whole);
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw bad(whole);
      }
      value = 10 * value + digit;
    }
    if (value > 255) {
      throw bad(whole);
    }
    return value;
  }

  private static Ip parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      throw bad(text);
    }
    var groups = new int[8];
    int head =
        gap < 0
            ? readGroups(text, groups, true, text)
            : readGroups(text.substring(0, gap), groups, false, text);
    if (gap < 0) {
      if (head != 8) {
        throw bad(text);
      }
    } else {
      var tail = new int[8];
      int count = readGroups(text.substring(gap + 2), tail, true, text);
      if (head + count > 7) {
        throw bad(text);
      }
      System.arraycopy(tail, 0, groups, 8 - count, count);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return new Ip(IpVersion.V6, high, low);
  }

  /**
   * Reads colon-separated groups; the last of the whole text may be an IPv4 address. Returns how
   * many groups they fill.
   */
  private static int readGroups(String part, int[] groups, boolean atEnd, String whole) {
    if (part.isEmpty()) {
      return 0;
    }
    int at = 0;
    String[] words = part.split(":", -1);
    for (int i = 0; i < words.length; i++) {
      if (atEnd && i == words.length - 1 && words[i].indexOf('.') >= 0) {
        if (at > 6) {
          throw bad(whole);
        }
        long v4 = parseV4(words[i], whole);
        groups[at++] = (int) (v4 >>> 16);
        groups[at++] = (int) (v4 & 0xffff);
      } else {
        int n = number(words[i], 16, 4);
        if (n < 0 || at > 7) {
          throw bad(whole);
        }
        groups[at++] = n;
      }
    }
    return at;
  }

  /** The number, or -1 if the word is empty, too long or has another character in it. */
  private static int number(String word, int radix, int maxDigits) {
    if (word.isEmpty() || word.length() > maxDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static String formatV6(Ip ip) {
    var groups = new int[8];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (ip.high() >>> (48 - 16 * i) & 0xffff);
      groups[i + 4] = (int) (ip.low() >>> (48 - 16 * i) & 0xffff);
    }
    int gapStart = -1;
    int gapLength = 1; // a single zero group is not shortened
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gapStart = i;
        gapLength = end - i;
      }
      i = Math.max(i, end);
    }
    var out = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == gapStart) {
        out.append("::");
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      out.append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException("not an IP address: '" + Shown.of(text) + "'");
  }
}
