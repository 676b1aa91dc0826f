package felix.dataplane.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/**
 * A chain as text for iptables-restore, with Felix's hash in the first comment of each rule. A hash
 * is made of the one before it and of the rule's text, the first one of the chain's name: it stands
 * for the rule, its place and all that precedes it. Text and hashes equal those of v3.14 for the
 * same rule, so that either agent recognises the other's.
 */
public final class RuleText {
  /** What the first comment of each rule begins with. */
  public static final String HASH_PREFIX = "cali:";

  private static final int HASH_LENGTH = 16;

  /** XT_MAX_COMMENT_LEN. */
  private static final int MAX_COMMENT_LENGTH = 256;

  /**
   * More are left out: iptables-restore takes 255 words and 10,240 characters a line, and the
   * matches need most of the words.
   */
  private static final int MAX_COMMENTS = 12;

  private RuleText() {}

  /** The rules of a chain of ours, or of the rules that hook ours into the kernel's chain. */
  public static List<RenderedRule> render(Chain chain) {
    var sha = sha224();
    byte[] hash = sha.digest(chain.name().getBytes(StandardCharsets.UTF_8));
    var rendered = new ArrayList<RenderedRule>(chain.rules().size());
    for (var rule : chain.rules()) {
      String body = body(rule);
      sha.update(hash);
      hash = sha.digest(("-A " + chain.name() + " HASH " + body).getBytes(StandardCharsets.UTF_8));
      String id = Base64.getUrlEncoder().encodeToString(hash).substring(0, HASH_LENGTH);
      rendered.add(new RenderedRule(id, comment(HASH_PREFIX + id) + " " + body));
    }
    return rendered;
  }

  private static String body(Rule rule) {
    var words = new StringJoiner(" ");
    rule.comments().stream()
        .map(text -> SafeText.clean(text, MAX_COMMENT_LENGTH))
        .filter(text -> !text.isEmpty()) // iptables refuses an empty comment
        .limit(MAX_COMMENTS)
        .forEach(text -> words.add(comment(text)));
    rule.matches().forEach(match -> words.add(MatchText.of(match)));
    return words.add(ActionText.of(rule.action())).toString();
  }

  private static String comment(String text) {
    return "-m comment --comment \"" + text + "\"";
  }

  private static MessageDigest sha224() {
    try {
      return MessageDigest.getInstance("SHA-224");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-224 belongs to every JDK", e);
    }
  }
}
