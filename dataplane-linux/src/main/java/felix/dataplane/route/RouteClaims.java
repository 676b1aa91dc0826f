package felix.dataplane.route;

import static java.util.Objects.requireNonNull;

import felix.dataplane.attached.AttachedKind;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.Route.RouteId;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every owner wants, and for each destination the one route that it gets: of those to an
 * interface that is there that of the first owner, and of one owner's the one to the interface that
 * was made last, which is the one that is alive where an address has moved; Felix's choice. So it
 * does not matter who spoke first, and another gets its turn when the first one steps back.
 */
final class RouteClaims {
  private static final int NOT_THERE = -1;

  /** Lower than what the kernel numbers interfaces with. */
  private static final int NO_INTERFACE = 0;

  private record Claim(RouteOwner owner, String interfaceName) implements Comparable<Claim> {
    private static final Comparator<Claim> ORDER =
        Comparator.comparing(Claim::owner).thenComparing(Claim::interfaceName);

    @Override
    public int compareTo(Claim other) {
      return ORDER.compare(this, other);
    }
  }

  private final IpVersion version;
  private final Desired<Cidr, Route> winners;
  private final Map<RouteOwner, Face> faces = new EnumMap<>(RouteOwner.class);
  private final Map<Cidr, SortedMap<Claim, Route>> claims = new HashMap<>();
  private final Set<Cidr> contested = new HashSet<>();

  /** The kernel's number of each interface that is there; a later one has a higher number. */
  private final Map<String, Integer> present = new HashMap<>();

  /**
   * Writes the winners of one family to where they are wanted.
   *
   * @param winners set and removed one by one
   */
  RouteClaims(IpVersion version, Desired<Cidr, Route> winners) {
    this.version = version;
    this.winners = winners;
  }

  Desired<RouteId, Route> of(RouteOwner owner) {
    return faces.computeIfAbsent(owner, Face::new);
  }

  void onInterface(InterfaceChange change) {
    Integer is = change.present() ? Integer.valueOf(change.index()) : null;
    Integer was = is == null ? present.remove(change.name()) : present.put(change.name(), is);
    if (!Objects.equals(was, is)) {
      List.copyOf(contested).forEach(this::settle);
    }
  }

  private void settle(Cidr destination) {
    SortedMap<Claim, Route> here = claims.get(destination);
    if (here == null || here.isEmpty()) {
      claims.remove(destination);
      winners.remove(destination);
      return;
    }
    if (here.size() > 1) {
      contested.add(destination);
    } else {
      contested.remove(destination);
    }
    winners.set(destination, winner(here));
  }

  private Route winner(SortedMap<Claim, Route> here) {
    Claim best = null;
    for (Claim claim : here.keySet()) {
      if (best != null && best.owner() != claim.owner()) {
        break;
      }
      if (number(claim) > (best == null ? NOT_THERE : number(best))) {
        best = claim;
      }
    }
    Claim winning = best == null ? here.firstKey() : best;
    return requireNonNull(here.get(winning));
  }

  private int number(Claim claim) {
    return claim.interfaceName().equals(AttachedKind.NO_INTERFACE)
        ? NO_INTERFACE
        : present.getOrDefault(claim.interfaceName(), NOT_THERE);
  }

  /** What one owner wants. */
  private final class Face implements Desired<RouteId, Route> {
    private final RouteOwner owner;
    private final Map<RouteId, Route> routes = new HashMap<>();

    Face(RouteOwner owner) {
      this.owner = owner;
    }

    @Override
    public void set(RouteId id, Route route) {
      if (!route.id().equals(id) || id.destination().version() != version) {
        throw new IllegalArgumentException(id + " does not stand for an " + version + " " + route);
      }
      routes.put(id, route);
      claims
          .computeIfAbsent(id.destination(), destination -> new TreeMap<>())
          .put(new Claim(owner, id.interfaceName()), route);
      settle(id.destination());
    }

    @Override
    public void remove(RouteId id) {
      SortedMap<Claim, Route> here = claims.get(id.destination());
      if (routes.remove(id) != null && here != null) {
        here.remove(new Claim(owner, id.interfaceName()));
        settle(id.destination());
      }
    }

    @Override
    public void replaceAll(Map<RouteId, Route> all) {
      var superfluous = new HashSet<>(routes.keySet());
      superfluous.removeAll(all.keySet());
      superfluous.forEach(this::remove);
      all.forEach(this::set);
    }
  }
}
