package felix.calc;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of the names that claim a key has it: the first. When it lets go the next takes over.
 *
 * @param <K> what only one can have
 */
final class FirstNames<K> {
  private final Comparator<String> order;
  private final Map<K, NavigableSet<String>> names = new HashMap<>();

  FirstNames(Comparator<String> order) {
    this.order = order;
  }

  void add(K key, String name) {
    names.computeIfAbsent(key, k -> new TreeSet<>(order)).add(name);
  }

  void remove(K key, String name) {
    names.computeIfPresent(
        key,
        (k, claimants) -> {
          claimants.remove(name);
          return claimants.isEmpty() ? null : claimants;
        });
  }

  @Nullable String first(K key) {
    NavigableSet<String> claimants = names.get(key);
    return claimants == null ? null : claimants.first();
  }
}
