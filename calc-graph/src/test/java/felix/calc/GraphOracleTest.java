package felix.calc;

import felix.delta.DataplaneDelta;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to the resources, however it is cut into batches, and however often the
 * dataplane is too slow to take a delta: what it holds in the end is what {@link NaiveGraph} says.
 *
 * <p>{@code -Dseed=17} runs one history alone.
 */
final class GraphOracleTest {
  private static final int HISTORIES = 20_000;
  private static final int MOST_STEPS = 30;

  @Test
  void dataplaneHoldsWhatTheResourcesSayAfterAnyHistory() {
    Long only = Long.getLong("seed");
    if (only != null) {
      run(only);
      return;
    }
    for (long seed = 0; seed < HISTORIES; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    try {
      new History(seed).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }

  /** One life of a graph, from an empty datastore on. */
  private static final class History {
    private final Random random;
    private final RandomWorld world;
    private final Map<ResourceKey, Resource> datastore = new LinkedHashMap<>();
    private final ResourceStore store = new ResourceStore();
    private final GraphSettings settings;
    private final CalcGraph graph;
    private final DataplaneState dataplane = new DataplaneState();
    private long revision;
    private @Nullable ResourceChanges collected;
    private @Nullable DataplaneDelta waiting;

    History(long seed) {
      // Neighbouring seeds of Random begin alike.
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      world = new RandomWorld(random);
      settings = world.settings();
      graph = new CalcGraph(settings, store);
    }

    void run() {
      int steps = 5 + random.nextInt(MOST_STEPS - 5);
      for (int step = 0; step < steps; step++) {
        collect(world.chance(10) ? snapshot() : updates());
        if (world.chance(50)) {
          calculate();
        }
        if (world.chance(60)) {
          deliver();
        }
      }
      calculate();
      deliver();
    }

    private ResourceChanges updates() {
      var updates = new ArrayList<ResourceUpdate>();
      int count = 1 + random.nextInt(world.chance(20) ? 12 : 3);
      for (int i = 0; i < count; i++) {
        updates.add(changeDatastore());
      }
      return store.apply(++revision, updates);
    }

    /** What happened meanwhile was not seen, only what came of it. */
    private ResourceChanges snapshot() {
      int unseen = random.nextInt(6);
      for (int i = 0; i < unseen; i++) {
        changeDatastore();
      }
      if (world.chance(10)) {
        datastore.clear();
      }
      var all = new ArrayList<ResourceUpdate>();
      datastore.forEach((key, value) -> all.add(new ResourceUpdate(key, value)));
      Collections.shuffle(all, random);
      return store.replaceAll(++revision, all);
    }

    private ResourceUpdate changeDatastore() {
      ResourceUpdate update = world.update(datastore);
      if (update.value() == null) {
        datastore.remove(update.key());
      } else {
        datastore.put(update.key(), update.value());
      }
      return update;
    }

    private void collect(ResourceChanges changes) {
      if (collected == null) {
        collected = changes;
      } else {
        collected.mergeLater(changes);
      }
    }

    private void calculate() {
      if (collected != null) {
        DataplaneDelta delta = graph.apply(collected);
        collected = null;
        waiting = waiting == null ? delta : waiting.mergeLater(delta);
      }
    }

    private void deliver() {
      if (waiting != null && collected == null) {
        dataplane.apply(waiting);
        waiting = null;
        dataplane.assertEquals(NaiveGraph.compute(settings, datastore));
      }
    }
  }
}
