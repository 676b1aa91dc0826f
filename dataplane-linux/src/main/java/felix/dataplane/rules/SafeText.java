package felix.dataplane.rules;

import java.util.regex.Pattern;

/** Free text inside quotation marks of iptables-restore, which knows no escape for them. */
final class SafeText {
  private static final Alphabet SAFE = Alphabet.alphanumericAnd("_ @%+=:,./-");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_ @%+=:,./-]");

  private SafeText() {}

  /** The text with every character outside Felix's safe set replaced by '_', cut to a length. */
  static String clean(String text, int maxLength) {
    // A cut before the replacement bounds the work; a character is at most two chars.
    String head = text.length() > 2 * maxLength ? text.substring(0, 2 * maxLength) : text;
    String clean = SAFE.spells(head) ? head : UNSAFE.matcher(head).replaceAll("_");
    return clean.length() > maxLength ? clean.substring(0, maxLength) : clean;
  }
}
