package felix.dataplane.attached;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is wished for, findable by interface.
 *
 * @param <I> what tells wishes apart
 * @param <W> a wish
 */
final class Wishes<I, W> {
  private final BiFunction<I, W, String> interfaceName;
  private final Map<I, W> wishes = new LinkedHashMap<>();
  private final Map<String, Set<I>> byInterface = new LinkedHashMap<>();

  Wishes(BiFunction<I, W, String> interfaceName) {
    this.interfaceName = interfaceName;
  }

  void put(I id, W wish) {
    remove(id);
    wishes.put(id, wish);
    byInterface
        .computeIfAbsent(interfaceName.apply(id, wish), name -> new LinkedHashSet<>())
        .add(id);
  }

  void remove(I id) {
    W old = wishes.remove(id);
    if (old != null) {
      byInterface.computeIfPresent(
          interfaceName.apply(id, old),
          (name, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
          });
    }
  }

  @Nullable W get(I id) {
    return wishes.get(id);
  }

  Set<I> ids() {
    return wishes.keySet();
  }

  Set<I> on(String interfaceName) {
    return byInterface.getOrDefault(interfaceName, Set.of());
  }
}
