package felix.dataplane.ipset;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * The input of {@code ipset restore} that brings sets to what is desired of them. Pure.
 *
 * <p>It is no transaction: the first line that fails ends it, and much of what the lines before it
 * did stays. So all of it can be run again, and deletions come before additions, since a set may be
 * full.
 */
final class RestoreText {
  /**
   * From so many changed members on a set is rewritten, if that is less to write than the changes.
   * Small sets that change often are not worth a set made and destroyed each time.
   */
  private static final int WORTH_REWRITING = 1_000;

  private final StringBuilder text = new StringBuilder();
  private final Supplier<String> tempNames;

  private RestoreText(Supplier<String> tempNames) {
    this.tempNames = tempNames;
  }

  /**
   * The text for these sets.
   *
   * @param tempNames gives names that no set has
   */
  static String writing(Collection<TrackedSet> sets, Supplier<String> tempNames) {
    var restore = new RestoreText(tempNames);
    sets.forEach(restore::write);
    return restore.text.toString();
  }

  /** The text that destroys these sets. */
  static String destroying(Collection<String> names) {
    var text = new StringBuilder();
    names.forEach(name -> text.append("destroy ").append(name).append('\n'));
    return text.toString();
  }

  private void write(TrackedSet set) {
    switch (set.state()) {
      case ABSENT -> fill(set, set.name());
      case COMPARED -> change(set);
      case OTHER -> replace(set);
    }
  }

  private void change(TrackedSet set) {
    int changes = set.missing().size() + set.surplus().size();
    if (changes >= WORTH_REWRITING && changes > set.desired().size()) {
      swapIn(set);
    } else {
      set.surplus().forEach(member -> member("del", set, set.name(), member));
      set.missing().forEach(member -> member("add", set, set.name(), member));
    }
  }

  private void replace(TrackedSet set) {
    if (set.isSwappable()) {
      swapIn(set);
    } else {
      // A set that rules name cannot be destroyed, but with no members it at least matches nothing.
      text.append("flush ").append(set.name()).append('\n');
      text.append("destroy ").append(set.name()).append('\n');
      fill(set, set.name());
    }
  }

  /** Packets see the old members, then the new ones, and nothing between. */
  private void swapIn(TrackedSet set) {
    String temp = tempNames.get();
    fill(set, temp);
    text.append("swap ").append(temp).append(' ').append(set.name()).append('\n');
    text.append("destroy ").append(temp).append('\n');
  }

  private void fill(TrackedSet set, String name) {
    text.append("create ").append(name).append(' ').append(set.header()).append(" -exist\n");
    set.desired().forEach(member -> member("add", set, name, member));
  }

  private void member(String command, TrackedSet set, String name, long[] member) {
    text.append(command).append(' ').append(name).append(' ');
    set.format().print(member, text);
    text.append(" -exist\n");
  }
}
