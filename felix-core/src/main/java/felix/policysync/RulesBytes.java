package felix.policysync;

import felix.delta.ActiveRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The rules of one direction. Each has an ID, Felix's: the hash of the rule and of the ID before
 * it, the first of a text that names the policy or profile and the direction.
 */
final class RulesBytes {
  private static final int RULE_ID = 201;
  private static final int ID_LENGTH = 16;

  private RulesBytes() {}

  static void add(ProtoFields to, int field, List<ActiveRule> rules, String seed) {
    MessageDigest sha224 = sha224();
    byte[] hash = sha224.digest(seed.getBytes(StandardCharsets.UTF_8));
    for (ActiveRule rule : rules) {
      ProtoFields bytes = RuleBytes.of(rule);
      sha224.update(hash);
      hash = sha224.digest(bytes.toBytes());
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
      to.message(field, bytes.text(RULE_ID, id.substring(0, ID_LENGTH)));
    }
  }

  private static MessageDigest sha224() {
    try {
      return MessageDigest.getInstance("SHA-224");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-224", e);
    }
  }
}
