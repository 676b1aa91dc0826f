package felix.dataplane.route;

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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every owner wants, and for each destination the one route that it gets: of those to an
 * interface that is there that of the first owner, and of one owner's the one to the interface that
 * comes first by name. So it does not matter who spoke first, and another gets its turn when the
 * first one steps back.
 */
final class RouteClaims {
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
  private final Set<String> present = new HashSet<>();

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
    boolean news = change.present() ? present.add(change.name()) : present.remove(change.name());
    if (news) {
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
    return here.values().stream()
        .filter(route -> isThere(route.interfaceName()))
        .findFirst()
        .orElse(here.sequencedValues().getFirst());
  }

  private boolean isThere(String interfaceName) {
    return interfaceName.equals(AttachedKind.NO_INTERFACE) || present.contains(interfaceName);
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
