package felix.dataplane.monitor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces as a driver has been told of them. Lives on the dataplane thread. Each driver has
 * its own, so that being told means the same to all of them, whoever is told first.
 */
public final class InterfaceView {
  private record Known(InterfaceChange state, long since) {}

  private final LongSupplier nanoTime;
  private final Map<String, Known> byName = new HashMap<>();
  private final Map<Integer, Known> byIndex = new HashMap<>();

  public InterfaceView(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes over a change; returns how the interface was before, null if there was none. */
  public @Nullable InterfaceChange update(InterfaceChange change) {
    Known before = byName.remove(change.name());
    if (before != null) {
      byIndex.remove(before.state().index(), before);
    }
    if (change.present()) {
      var now =
          before != null && before.state().index() == change.index()
              ? new Known(change, before.since())
              : new Known(change, nanoTime.getAsLong());
      byName.put(change.name(), now);
      byIndex.put(change.index(), now);
    }
    return before == null ? null : before.state();
  }

  /** How many interfaces there are. */
  public int size() {
    return byName.size();
  }

  /** Null if there is no such interface. */
  public @Nullable InterfaceChange named(String name) {
    Known known = byName.get(name);
    return known == null ? null : known.state();
  }

  /** Null if we have not been told of one with this index. */
  public @Nullable InterfaceChange withIndex(int index) {
    Known known = byIndex.get(index);
    return known == null ? null : known.state();
  }

  /** For how long we have known this very interface; zero if we do not. */
  public Duration knownFor(int index) {
    Known known = byIndex.get(index);
    return known == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - known.since());
  }
}
