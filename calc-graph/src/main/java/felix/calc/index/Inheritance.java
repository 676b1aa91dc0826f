package felix.calc.index;

import felix.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Profiles, what labels they give, and who inherits from them. An heir may name profiles that have
 * no labels, or do not exist.
 */
final class Inheritance<E> {
  /** Those that have labels or heirs. */
  private final Map<String, Profile<E>> profiles = new HashMap<>();

  private final Postings<Profile<E>> byLabel = new Postings<>();

  private static final class Profile<E> {
    final MatchSet<E> heirs = new MatchSet<>();
    Labels labels = Labels.NONE;
  }

  void putLabels(String name, Labels labels) {
    Profile<E> profile = profiles.computeIfAbsent(name, n -> new Profile<>());
    byLabel.move(profile, profile.labels, labels);
    profile.labels = labels;
    dropIfUnused(name, profile);
  }

  /** Replaces the profiles that an heir names. */
  void move(E heir, List<String> before, List<String> after) {
    for (String name : before) {
      Profile<E> profile = profiles.get(name);
      if (profile != null && !after.contains(name)) {
        profile.heirs.remove(heir);
        dropIfUnused(name, profile);
      }
    }
    for (String name : after) {
      if (!before.contains(name)) {
        profiles.computeIfAbsent(name, n -> new Profile<>()).heirs.add(heir);
      }
    }
  }

  Labels labels(String name) {
    Profile<E> profile = profiles.get(name);
    return profile == null ? Labels.NONE : profile.labels;
  }

  /** The value that the first of the profiles with such a label gives, or null. */
  @Nullable String get(List<String> names, String label) {
    String value = null;
    for (int i = 0; value == null && i < names.size(); i++) {
      value = labels(names.get(i)).get(label);
    }
    return value;
  }

  void forEachHeir(String name, Consumer<? super E> action) {
    Profile<E> profile = profiles.get(name);
    if (profile != null) {
      profile.heirs.forEach(action);
    }
  }

  /** The heirs of all profiles that satisfy the term; one may come several times. */
  void forEachHeir(Demand.Term term, Consumer<? super E> action) {
    byLabel.forEach(term, profile -> profile.heirs.forEach(action));
  }

  /** How often {@link #forEachHeir} would call; the limit if so many profiles alone. */
  long countHeirs(Demand.Term term, long limit) {
    if (byLabel.count(term) >= limit) {
      return limit;
    }
    var count = new LongAdder();
    byLabel.forEach(term, profile -> count.add(profile.heirs.size()));
    return count.sum();
  }

  private void dropIfUnused(String name, Profile<E> profile) {
    if (profile.labels.isEmpty() && profile.heirs.isEmpty()) {
      profiles.remove(name);
    }
  }
}
