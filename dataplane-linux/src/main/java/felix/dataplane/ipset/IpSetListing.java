package felix.dataplane.ipset;

import felix.dataplane.reconcile.KernelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code ipset list} prints: a block a set, with a blank line between. Refuses anything
 * else as a whole: writes must not be based on half of the truth.
 *
 * <p>The list, not {@code ipset save}: it is a third as long, tells the references, and the number
 * of members shows whether all are there.
 */
final class IpSetListing {
  private static final String MEMBERS = "\nMembers:\n";

  private IpSetListing() {}

  /**
   * The sets by name, of {@code ipset list} or, without members, of {@code ipset list -terse}.
   *
   * @param wanted which names to keep
   * @throws KernelException if the text is cut short or is no such list
   */
  static SequencedMap<String, ListedSet> parse(
      String text, boolean terse, Predicate<String> wanted) {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw garbage("cut short", text.substring(text.lastIndexOf('\n') + 1));
    }
    var sets = new LinkedHashMap<String, ListedSet>();
    int start = 0;
    while (start < text.length()) {
      int blank = text.indexOf("\n\n", start);
      int end = blank < 0 ? text.length() : blank + 1;
      String block = text.substring(start, end);
      ListedSet set = parseBlock(block, terse, wanted);
      if (set != null && sets.put(set.name(), set) != null) {
        throw garbage("two sets of one name", set.name());
      }
      start = end + 1;
    }
    return sets;
  }

  /** Null for a set of others, of which nothing matters: its members may go while they are read. */
  private static @Nullable ListedSet parseBlock(
      String block, boolean terse, Predicate<String> wanted) {
    int at = block.indexOf(MEMBERS);
    if (at < 0 != terse) {
      throw garbage(terse ? "members" : "no members", block);
    }
    String head = terse ? block : block.substring(0, at);
    String members = terse ? "" : block.substring(at + MEMBERS.length());
    Map<String, String> fields = fields(head);
    String name = field(fields, "Name");
    if (!wanted.test(name)) {
      return null;
    }
    try {
      String count = fields.get("Number of entries"); // not shown by kernels before 4.9
      if (count != null && !terse) {
        checkCount(Integer.parseInt(count), members);
      }
      return new ListedSet(
          name,
          SetHeader.parse(field(fields, "Type"), field(fields, "Header")),
          Integer.parseInt(field(fields, "References")),
          members);
    } catch (NumberFormatException e) {
      throw garbage("no number", head);
    }
  }

  private static Map<String, String> fields(String head) {
    var fields = new LinkedHashMap<String, String>();
    for (String line : head.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw garbage("no field", line);
      }
      fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw garbage("no " + name, fields.toString());
    }
    return value;
  }

  private static void checkCount(int expected, String members) {
    long found = members.chars().filter(c -> c == '\n').count();
    if (found != expected) {
      throw garbage("not all members", found + " of " + expected);
    }
  }

  private static KernelException garbage(String what, String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) : text;
    return new KernelException("ipset list", what + ": '" + shown + "'");
  }
}
