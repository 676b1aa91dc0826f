package felix.dataplane.manager;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.delta.Changes;
import felix.delta.ClusterRoute;
import felix.delta.ClusterRoute.LocalBlock;
import felix.delta.ClusterRoute.Remote;
import felix.delta.Encapsulations;
import felix.delta.NetworkDelta;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.IpVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the routes of one family to workloads of other hosts, and blackholes for the blocks of this
 * one. Those whose way is not known yet wait: for the tunnel's end on the other host, or for the
 * interface that leads to other hosts.
 */
public final class ClusterRouteManager implements OverlayPart {
  private final IpVersion version;
  private final Set<Encapsulation> ours;
  private final Fabric fabric;
  private final Wishes wishes;
  private final Map<Cidr, ClusterRoute> routes = new HashMap<>();
  private final Map<String, Vtep> vteps = new HashMap<>();
  private final Map<Cidr, Route> wanted = new HashMap<>();
  private Encapsulations encapsulations = Encapsulations.NONE;
  private @Nullable String parent;

  /** Where what is needed is written to. */
  public record Wishes(Desired<RouteId, Route> remote, Desired<RouteId, Route> blackholes) {}

  /**
   * Desires nothing yet.
   *
   * @param ours the ways of wrapping whose routes we write; others' are a routing daemon's
   */
  public ClusterRouteManager(
      IpVersion version, Set<Encapsulation> ours, Fabric fabric, Wishes wishes) {
    this.version = version;
    this.ours = Set.copyOf(ours);
    this.fabric = fabric;
    this.wishes = wishes;
  }

  @Override
  public void absorb(NetworkDelta delta) {
    delta.routes().applyTo(routes);
    delta.vteps().applyTo(vteps);
    var affected = new LinkedHashSet<>(delta.routes().keys());
    addRoutesTo(delta.vteps(), affected);
    boolean allAffected = isParentNew() || !encapsulations.equals(delta.encapsulations());
    encapsulations = delta.encapsulations();
    write(allAffected ? all(affected) : affected);
  }

  @Override
  public void refresh() {
    if (isParentNew()) {
      write(routes.keySet());
    }
  }

  private boolean isParentNew() {
    String before = parent;
    parent = fabric.parentName();
    return !Objects.equals(before, parent);
  }

  /** All there are, and those that were. */
  private Set<Cidr> all(Set<Cidr> changed) {
    var all = new LinkedHashSet<>(changed);
    all.addAll(routes.keySet());
    return all;
  }

  private void addRoutesTo(Changes<String, Vtep> hosts, Set<Cidr> affected) {
    if (!hosts.isEmpty()) {
      routes.forEach(
          (destination, route) -> {
            if (route instanceof Remote remote && hosts.get(remote.host()) != null) {
              affected.add(destination);
            }
          });
    }
  }

  /** Removals first, as always. */
  private void write(Collection<Cidr> destinations) {
    var changed = new HashSet<Cidr>();
    for (var destination : destinations) {
      Route before = wanted.get(destination);
      Route after = route(destination, routes.get(destination));
      if (Objects.equals(before, after)) {
        continue;
      }
      if (before != null && (after == null || !after.id().equals(before.id()))) {
        wishes(before).remove(before.id());
      }
      if (after == null) {
        wanted.remove(destination);
      } else {
        wanted.put(destination, after);
        changed.add(destination);
      }
    }
    for (var destination : changed) {
      Route route = Objects.requireNonNull(wanted.get(destination));
      wishes(route).set(route.id(), route);
    }
  }

  private Desired<RouteId, Route> wishes(Route route) {
    return switch (route.target()) {
      case Route.Target.Blackhole() -> wishes.blackholes();
      case Route.Target.Gateway gateway -> wishes.remote();
      case Route.Target.Interface onLink -> wishes.remote();
    };
  }

  /** Null if there is none to write, now or ever. */
  private @Nullable Route route(Cidr destination, @Nullable ClusterRoute route) {
    if (route == null
        || destination.version() != version
        || !ours.contains(route.encapsulation())
        || !isInUse(route.encapsulation())) {
      return null;
    }
    return switch (route) {
      // the plugin writes the workload's own route before we hear of the workload
      case LocalBlock block -> destination.isSingleAddress() ? null : Route.blackhole(destination);
      case Remote remote -> remote(destination, remote);
    };
  }

  private @Nullable Route remote(Cidr destination, Remote remote) {
    return switch (remote.direct() ? Encapsulation.NONE : remote.encapsulation()) {
      case NONE -> parent == null ? null : Route.via(remote.hostAddress(), parent, destination);
      case IPIP -> Route.via(remote.hostAddress(), LinkDriver.IPIP, destination);
      case VXLAN -> {
        Vtep vtep = vteps.get(remote.host());
        yield vtep == null ? null : Route.via(vtep.tunnelAddress(), LinkDriver.VXLAN, destination);
      }
    };
  }

  private boolean isInUse(Encapsulation encapsulation) {
    return switch (encapsulation) {
      case NONE -> true;
      case IPIP -> encapsulations.ipip();
      case VXLAN -> encapsulations.vxlan();
    };
  }
}
