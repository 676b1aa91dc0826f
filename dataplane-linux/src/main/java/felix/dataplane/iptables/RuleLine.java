package felix.dataplane.iptables;

import felix.dataplane.rules.RuleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be told from a rule as iptables-save writes it. Pure. */
final class RuleLine {
  private static final String COMMENT = "--comment";

  /** 16 characters of URL-safe Base64. A comment that only begins so is somebody else's. */
  private static final Pattern HASH =
      Pattern.compile(Pattern.quote(RuleText.HASH_PREFIX) + "([A-Za-z0-9_-]{16})");

  private RuleLine() {}

  /**
   * The hash in the first comment; empty if the rule is none of ours.
   *
   * @param spec what follows {@code -A <chain> }
   */
  static String hash(String spec) {
    if (!spec.contains(RuleText.HASH_PREFIX)) {
      return "";
    }
    var words = words(spec);
    int comment = words.indexOf(COMMENT);
    if (comment < 0 || comment + 1 == words.size()) {
      return "";
    }
    var ours = HASH.matcher(words.get(comment + 1));
    return ours.matches() ? ours.group(1) : "";
  }

  /** The chain or target that the rule jumps or goes to. */
  static Optional<String> target(String spec) {
    var words = words(spec);
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).equals("-j") || words.get(i).equals("-g")) {
        return Optional.of(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /** As the tools cut a line: at blanks outside quotes; inside, a backslash saves what follows. */
  static List<String> words(String spec) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < spec.length(); i++) {
      char c = spec.charAt(i);
      if (quoted && c == '\\' && i + 1 < spec.length()) {
        word.append(spec.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (c == ' ' && !quoted) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
