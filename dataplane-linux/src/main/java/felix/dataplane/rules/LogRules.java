package felix.dataplane.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What rules with action Log write to the kernel's log.
 *
 * @param prefix what lines begin with ({@code LogPrefix}). In it {@code %t} stands for the tier,
 *     {@code %k} for the kind of the policy ({@code gnp}, {@code np}) or profile ({@code pro}),
 *     {@code %n} for its name, and {@code %p} for the name with the namespace before it
 * @param limit null: every packet is logged
 */
public record LogRules(String prefix, @Nullable LogLimit limit) {
  private static final Pattern PLACEHOLDER = Pattern.compile("%[tknp]");

  /** How lines of one owner's rules look. */
  LogLines linesOf(RuleOwner owner) {
    var text = PLACEHOLDER.matcher(prefix).replaceAll(found -> literal(found.group(), owner));
    return new LogLines(new LogPrefix(text), limit);
  }

  private static String literal(String placeholder, RuleOwner owner) {
    return Matcher.quoteReplacement(
        switch (placeholder) {
          case "%t" -> owner.tier();
          case "%k" -> owner.kind();
          case "%n" -> owner.name();
          default -> owner.id();
        });
  }

  /** The same for one owner's rules. */
  record LogLines(LogPrefix prefix, @Nullable LogLimit limit) {}
}
