package felix.dataplane.ipset;

import java.util.stream.Stream;

/**
 * A set as {@code ipset list} shows it.
 *
 * @param references how many rules and sets name it
 * @param members one a line; empty in a terse list
 */
record ListedSet(String name, SetHeader header, int references, String members) {
  /** How many lines, and so members, there are. */
  long memberCount() {
    return members.chars().filter(c -> c == '\n').count();
  }

  /** The members' texts, cut one by one: there may be many. */
  Stream<String> memberTexts() {
    return members.lines();
  }
}
