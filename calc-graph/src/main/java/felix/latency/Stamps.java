package felix.latency;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stamps of all changes that something is made of, the oldest first. Of more than {@link
 * #LIMIT} the latest are held together, by the oldest times of them: nothing is forgotten, and
 * nothing looks faster than it was. One thread at a time.
 */
public final class Stamps {
  /** As many messages as usually wait for one apply. */
  static final int LIMIT = 64;

  private final List<Stamp> stamps = new ArrayList<>();

  public void add(Stamp stamp) {
    if (stamps.size() < LIMIT) {
      stamps.add(stamp);
    } else {
      stamps.set(LIMIT - 1, stamps.get(LIMIT - 1).and(stamp));
    }
  }

  /** The graph is through with all of them now. */
  public void calculated(long now) {
    stamps.replaceAll(stamp -> stamp.calculated(now));
  }

  public void mergeLater(Stamps later) {
    later.stamps.forEach(this::add);
  }

  public boolean isEmpty() {
    return stamps.isEmpty();
  }

  public void clear() {
    stamps.clear();
  }

  List<Stamp> all() {
    return stamps;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stamps those && stamps.equals(those.stamps);
  }

  @Override
  public int hashCode() {
    return stamps.hashCode();
  }

  @Override
  public String toString() {
    return stamps.toString();
  }
}
