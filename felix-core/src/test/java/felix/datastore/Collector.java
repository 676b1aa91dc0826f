package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.calc.ring.DatastoreSink;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Tier;
import felix.model.TierKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes what a watcher hands over, and holds what results. */
final class Collector implements DatastoreSink {
  static final String BLOCK = "10.0.0.0/26";
  static final String BLOCK_KEY = KeyPath.BLOCKS + "ipv4/block/10.0.0.0-26";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Map<ResourceKey, Resource> state = new HashMap<>();
  private final Map<String, List<Integer>> orders = new HashMap<>();
  private final Map<String, Integer> current = new HashMap<>();
  private final List<List<ResourceUpdate>> calls = new ArrayList<>();
  private int snapshots;
  private long revision;

  static String tier(int order) {
    return "{\"kind\":\"Tier\",\"spec\":{\"order\":" + order + "}}";
  }

  /** A block whose host has a number for a name; {@link #order} and so on take its network. */
  static String block(int order) {
    return "{\"cidr\":\"" + BLOCK + "\",\"affinity\":\"host:" + order + "\"}";
  }

  static String tierPath(String name) {
    return "tiers/" + name;
  }

  @Override
  public synchronized void snapshot(long at, List<ResourceUpdate> resources) {
    assertThat(resources).extracting(ResourceUpdate::value).doesNotContainNull();
    snapshots++;
    state.clear();
    orders.clear();
    current.clear();
    take(at, resources);
  }

  @Override
  public synchronized void updates(long at, List<ResourceUpdate> updates, long received) {
    assertThat(at).isGreaterThan(revision);
    assertThat(System.nanoTime() - received).isBetween(0L, LIMIT.toNanos());
    calls.add(updates);
    take(at, updates);
  }

  private void take(long at, List<ResourceUpdate> updates) {
    revision = at;
    for (var update : updates) {
      if (update.value() == null) {
        state.remove(update.key());
      } else {
        state.put(update.key(), update.value());
      }
      count(name(update.key()), order(update.value()));
    }
    notifyAll();
  }

  private void count(String name, @Nullable Integer order) {
    if (order == null) {
      current.remove(name);
    } else {
      current.put(name, order);
      orders.computeIfAbsent(name, n -> new ArrayList<>()).add(order);
    }
  }

  private static String name(ResourceKey key) {
    return switch (key) {
      case TierKey(var name) -> name;
      case IpamBlockKey(var cidr) -> cidr.toString();
      default -> "";
    };
  }

  private static @Nullable Integer order(@Nullable Resource resource) {
    return switch (resource) {
      case Tier(var order, _) -> order == null ? -1 : order.intValue();
      case IpamBlock(var host, _) -> host == null ? -1 : Integer.valueOf(host);
      case null, default -> null;
    };
  }

  synchronized int snapshots() {
    return snapshots;
  }

  /** What {@link #updates} was called with. */
  synchronized List<List<ResourceUpdate>> calls() {
    return List.copyOf(calls);
  }

  /** All orders that a tier had since the last snapshot, that of the snapshot included. */
  synchronized List<Integer> orders(String tier) {
    return List.copyOf(orders.getOrDefault(tier, List.of()));
  }

  /** The order of a tier now; null if there is none. */
  synchronized @Nullable Integer order(String tier) {
    return current.get(tier);
  }

  synchronized int size() {
    return state.size();
  }

  void awaitOrder(String tier, int order) throws InterruptedException {
    await("tier " + tier + " has order " + order, () -> Integer.valueOf(order).equals(order(tier)));
  }

  void awaitGone(String tier) throws InterruptedException {
    await("tier " + tier + " is gone", () -> order(tier) == null);
  }

  /** Waits for something that need not come with an update. */
  synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time until %s", what).isLessThan(end);
      wait(STEP.toMillis());
    }
  }
}
