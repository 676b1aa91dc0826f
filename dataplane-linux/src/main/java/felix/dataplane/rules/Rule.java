package felix.dataplane.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule of a chain: where all matches hold, the action is taken.
 *
 * @param comments shown beside the rule; they match nothing
 */
public record Rule(List<Match> matches, Action action, List<String> comments) {
  public Rule {
    matches = List.copyOf(matches);
    comments = List.copyOf(comments);
  }

  static Rule of(Action action, Match... matches) {
    return new Rule(List.of(matches), action, List.of());
  }

  Rule withComment(String comment) {
    var more = new ArrayList<>(comments);
    more.add(comment);
    return new Rule(matches, action, more);
  }
}
