package felix.dataplane.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

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

  /** Of a rule of a policy, so that few buffers grow. */
  private static final int EXPECTED_LENGTH = 256;

  /** Of the comment with the hash. */
  private static final int COMMENT_LENGTH = 46;

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
    var line = new StringBuilder(EXPECTED_LENGTH).append("-A ").append(chain.name());
    int bodyStart = line.append(" HASH ").length();
    for (var rule : chain.rules()) {
      line.setLength(bodyStart);
      appendBody(rule, line);
      sha.update(hash);
      hash = sha.digest(line.toString().getBytes(StandardCharsets.UTF_8));
      String id = id(hash);
      var spec = new StringBuilder(COMMENT_LENGTH + line.length() - bodyStart);
      appendComment(HASH_PREFIX, id, spec);
      rendered.add(new RenderedRule(id, spec.append(line, bodyStart, line.length()).toString()));
    }
    return rendered;
  }

  /** Characters of Base64 stand for three bytes by fours, so that the rest need not be encoded. */
  private static String id(byte[] hash) {
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_LENGTH / 4 * 3));
  }

  private static void appendBody(Rule rule, StringBuilder line) {
    int count = 0;
    for (String comment : rule.comments()) {
      String text = SafeText.clean(comment, MAX_COMMENT_LENGTH);
      // iptables refuses an empty comment
      if (!text.isEmpty() && count < MAX_COMMENTS) {
        appendComment("", text, line);
        count++;
      }
    }
    for (var match : rule.matches()) {
      line.append(MatchText.of(match)).append(' ');
    }
    line.append(ActionText.of(rule.action()));
  }

  private static void appendComment(String prefix, String text, StringBuilder line) {
    line.append("-m comment --comment \"").append(prefix).append(text).append("\" ");
  }

  private static MessageDigest sha224() {
    try {
      return MessageDigest.getInstance("SHA-224");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-224 belongs to every JDK", e);
    }
  }
}
