package felix.calc;

import felix.model.Cidr;
import felix.model.IpPool;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pools, to be asked for the one that a destination is of. */
final class PoolIndex {
  /** The most specific first. There are tens of them at most, so that going through them does. */
  private final NavigableMap<Cidr, IpPool> pools =
      new TreeMap<>(
          Comparator.comparingInt(Cidr::prefixLength)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  /** Sets the pool of a network; null: none. */
  void put(Cidr network, @Nullable IpPool pool) {
    if (pool == null) {
      pools.remove(network);
    } else {
      pools.put(network, pool);
    }
  }

  /** The most specific of those that contain all of a destination. */
  @Nullable IpPool of(Cidr destination) {
    for (var pool : pools.entrySet()) {
      if (pool.getKey().contains(destination)) {
        return pool.getValue();
      }
    }
    return null;
  }
}
