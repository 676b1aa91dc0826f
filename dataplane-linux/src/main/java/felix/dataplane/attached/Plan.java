package felix.dataplane.attached;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What should be done.
 *
 * @param removals come first
 * @param conflicts what cannot be done before others give way
 * @param resting what would be done were it not aside
 * @param waiting how many wishes cannot be fulfilled before their interface is up
 */
record Plan<V>(
    List<V> removals, List<V> updates, List<Conflict<V>> conflicts, List<V> resting, int waiting) {
  static <V> Plan<V> of(
      List<V> unwanted,
      List<V> wanted,
      List<Conflict<V>> conflicts,
      Predicate<V> aside,
      int waiting) {
    var resting = new ArrayList<V>();
    var newConflicts = new ArrayList<Conflict<V>>();
    for (var conflict : conflicts) {
      if (aside.test(conflict.wanted())) {
        resting.add(conflict.wanted());
      } else {
        newConflicts.add(conflict);
      }
    }
    return new Plan<>(
        without(unwanted, aside, resting),
        without(wanted, aside, resting),
        newConflicts,
        resting,
        waiting);
  }

  private static <V> List<V> without(List<V> objects, Predicate<V> aside, List<V> resting) {
    var others = new ArrayList<V>();
    objects.forEach(object -> (aside.test(object) ? resting : others).add(object));
    return others;
  }
}
