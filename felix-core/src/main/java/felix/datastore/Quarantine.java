package felix.datastore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources that are treated as absent, wholly or in part, each with its reason. One thread
 * writes, the datastore's; any thread may read. Each distinct entry is logged when it comes, but
 * not again within an hour, however often it comes and goes.
 */
public final class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final int MAX_REMEMBERED = 10_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Map<String, Quarantined> current = new ConcurrentHashMap<>();
  private final Cache<Quarantined, Boolean> logged =
      Caffeine.newBuilder()
          .maximumSize(MAX_REMEMBERED)
          .expireAfterWrite(REMEMBERED)
          .executor(Runnable::run)
          .build();
  private final Consumer<Quarantined> log;

  public Quarantine() {
    this(entry -> LOG.warn("Treated as missing: {}", entry));
  }

  Quarantine(Consumer<Quarantined> log) {
    this.log = log;
  }

  /**
   * Takes note of a key's newest version.
   *
   * @param problem null if the version is good, or the key is gone
   */
  public void record(String key, @Nullable Quarantined problem) {
    if (problem == null) {
      current.remove(key);
    } else {
      add(problem);
    }
  }

  /** Takes note of a whole snapshot: what is not in the list is good or gone. */
  public void replaceAll(Collection<Quarantined> problems) {
    Map<String, Quarantined> byKey =
        problems.stream()
            .collect(
                Collectors.toMap(Quarantined::key, Function.identity(), (first, second) -> second));
    current.keySet().retainAll(byKey.keySet());
    byKey.values().forEach(this::add);
  }

  public int size() {
    return current.size();
  }

  /** A copy, sorted by key. */
  public List<Quarantined> entries() {
    return current.values().stream().sorted(Comparator.comparing(Quarantined::key)).toList();
  }

  private void add(Quarantined problem) {
    current.put(problem.key(), problem);
    if (logged.asMap().putIfAbsent(problem, true) == null) {
      log.accept(problem);
    }
  }
}
