package felix.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An IP protocol as it was written: by name ({@code tcp}) or by number ({@code 6}). The two
 * spellings of one protocol match the same packets but are different values, since only the names
 * {@code icmp} and {@code icmpv6} tie a rule to a family.
 *
 * @param text lower-case name, or the number in decimal
 * @param number 0 to 255
 */
public record Protocol(String text, int number) {
  private static final Map<String, Integer> NUMBERS =
      Map.of("tcp", 6, "udp", 17, "icmp", 1, "icmpv6", 58, "sctp", 132, "udplite", 136);

  public static final Protocol TCP = ofName("tcp");
  public static final Protocol UDP = ofName("udp");
  public static final Protocol SCTP = ofName("sctp");

  /** Those whose ports the kernel's multiport match can read: xt_multiport. */
  public static final List<Protocol> WITH_PORTS =
      List.of(TCP, UDP, SCTP, ofName("udplite"), ofNumber(33)); // DCCP

  /**
   * Reads a name in any case, or a number.
   *
   * @throws IllegalArgumentException if it is neither; the message repeats the text
   */
  public static Protocol parse(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? ofNumber(Integer.parseInt(text)) : ofName(text);
  }

  public static Protocol ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Integer number = NUMBERS.get(lower);
    if (number == null) {
      throw new IllegalArgumentException("unknown protocol: '" + Shown.of(name) + "'");
    }
    return new Protocol(lower, number);
  }

  /**
   * A protocol written as a number.
   *
   * @param number 1 to 255
   */
  public static Protocol ofNumber(int number) {
    if (number < 1 || number > 255) {
      throw new IllegalArgumentException("protocol number out of range: " + number);
    }
    return new Protocol(Integer.toString(number), number);
  }

  /** Whether rules can ask for the ports of the protocol of this number. */
  public static boolean hasPorts(int number) {
    for (Protocol protocol : WITH_PORTS) {
      if (protocol.number == number) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
