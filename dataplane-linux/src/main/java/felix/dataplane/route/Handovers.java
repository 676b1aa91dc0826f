package felix.dataplane.route;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.Route.Target;
import felix.model.Cidr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Routes that won, on their way to those who write them: where an address of a workload moves to
 * another interface its route is taken away first, and the new one held back until the address is
 * free of what the old holder left.
 *
 * <p>What counts is what changed from one apply to the next. An address that goes and comes back in
 * between never left; nor does one for which another endpoint on the same interface is responsible
 * now, or that one wanted who never had it.
 */
final class Handovers implements Desired<Cidr, Route> {
  private final Desired<Cidr, Route> written;
  private final VacatedAddresses addresses;
  private final Map<Cidr, Route> wanted = new HashMap<>();
  private final Set<Cidr> touched = new LinkedHashSet<>();

  /** The interfaces to which addresses of workloads were led at the last apply. */
  private final Map<Cidr, String> holders = new HashMap<>();

  private final Set<Cidr> heldBack = new LinkedHashSet<>();

  /**
   * Has no route yet.
   *
   * @param written what is to be in the kernel
   */
  Handovers(Desired<Cidr, Route> written, VacatedAddresses addresses) {
    this.written = written;
    this.addresses = addresses;
  }

  @Override
  public void set(Cidr destination, Route route) {
    wanted.put(destination, route);
    touched.add(destination);
  }

  @Override
  public void remove(Cidr destination) {
    wanted.remove(destination);
    touched.add(destination);
  }

  @Override
  public void replaceAll(Map<Cidr, Route> routes) {
    var superfluous = new HashSet<>(wanted.keySet());
    superfluous.removeAll(routes.keySet());
    superfluous.forEach(this::remove);
    routes.forEach(this::set);
  }

  /** The kernel holds a route of ours to an interface; an earlier process may have written it. */
  void found(Cidr destination, String interfaceName) {
    if (destination.isSingleAddress()
        && !heldBack.contains(destination)
        && holders.putIfAbsent(destination, interfaceName) == null) {
      touched.add(destination);
    }
  }

  /** Takes away what is no longer wanted, and hands on what need not wait. */
  void settle() {
    for (Cidr destination : touched) {
      Route route = wanted.get(destination);
      String holder = holders.get(destination);
      if (holder != null && (route == null || !holder.equals(route.interfaceName()))) {
        holders.remove(destination);
        addresses.vacated(destination.address());
      }
      if (route == null) {
        heldBack.remove(destination);
        written.remove(destination);
      } else if (isFree(destination)) {
        handOver(destination, route);
      } else {
        written.remove(destination);
        heldBack.add(destination);
      }
    }
    touched.clear();
  }

  /**
   * Hands on what waited and need not any more.
   *
   * @return whether there was any
   */
  boolean release() {
    boolean some = false;
    for (Cidr destination : List.copyOf(heldBack)) {
      Route route = wanted.get(destination);
      if (route != null && addresses.isFree(destination.address())) {
        handOver(destination, route);
        some = true;
      }
    }
    return some;
  }

  /** How many still wait. */
  int waiting() {
    return heldBack.size();
  }

  private boolean isFree(Cidr destination) {
    return holders.containsKey(destination)
        || !destination.isSingleAddress()
        || addresses.claimed(destination.address());
  }

  private void handOver(Cidr destination, Route route) {
    heldBack.remove(destination);
    written.set(destination, route);
    if (route.target() instanceof Target.Interface && destination.isSingleAddress()) {
      holders.put(destination, route.interfaceName());
      addresses.occupied(destination.address());
    }
  }
}
