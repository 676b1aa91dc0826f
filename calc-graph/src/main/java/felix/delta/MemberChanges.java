package felix.delta;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which members came to and left which IP sets. A member that came and left again is in neither
 * list. A new set comes with all its members as added, a set that goes with all as removed, so that
 * two deltas merge to the same as both applied.
 */
public final class MemberChanges {
  private final Map<IpSetId, OfSet> bySet = new LinkedHashMap<>();

  /** The net changes of one set; the two are disjoint. */
  public record OfSet(Set<IpSetMember> added, Set<IpSetMember> removed) {
    private OfSet() {
      this(new CompactSet<>(), new CompactSet<>());
    }

    private boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  public void add(IpSetId set, IpSetMember member) {
    OfSet changes = bySet.computeIfAbsent(set, s -> new OfSet());
    if (changes.removed.isEmpty() || !changes.removed.remove(member)) {
      changes.added.add(member);
    }
    dropIfEmpty(set, changes);
  }

  public void remove(IpSetId set, IpSetMember member) {
    OfSet changes = bySet.computeIfAbsent(set, s -> new OfSet());
    if (changes.added.isEmpty() || !changes.added.remove(member)) {
      changes.removed.add(member);
    }
    dropIfEmpty(set, changes);
  }

  /** Adds changes that came after these, so that the two are one. */
  public void mergeLater(MemberChanges later) {
    for (var entry : later.bySet.entrySet()) {
      entry.getValue().removed.forEach(member -> remove(entry.getKey(), member));
      entry.getValue().added.forEach(member -> add(entry.getKey(), member));
    }
  }

  public Set<Map.Entry<IpSetId, OfSet>> all() {
    return bySet.entrySet();
  }

  public boolean isEmpty() {
    return bySet.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemberChanges changes && bySet.equals(changes.bySet);
  }

  @Override
  public int hashCode() {
    return bySet.hashCode();
  }

  @Override
  public String toString() {
    return bySet.toString();
  }

  private void dropIfEmpty(IpSetId set, OfSet changes) {
    if (changes.isEmpty()) {
      bySet.remove(set);
    }
  }
}
