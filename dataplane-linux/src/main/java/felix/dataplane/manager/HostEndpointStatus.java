package felix.dataplane.manager;

import felix.dataplane.manager.HostInterfaces.Owner;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.rules.ChainNames;
import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.delta.ActiveHost;
import felix.delta.Changes;
import felix.model.HostEndpointKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the host endpoints of this host fare in one family: as in v3.14 up if all interfaces that
 * they have are up, down if one is not, and an error without any. The one for all interfaces is up.
 * What is heard counts once the kernel was brought there.
 */
final class HostEndpointStatus {
  private final HostInterfaces interfaces;
  private final Set<HostEndpointKey> known = new TreeSet<>();
  private final Map<String, HostEndpointKey> owners = new HashMap<>();
  private final Set<String> up = new HashSet<>();
  private final Map<HostEndpointKey, EndpointReport> reports = new HashMap<>();
  private boolean touched;

  /**
   * Knows no interface and no endpoint yet.
   *
   * @param isHosts whether an interface may be a host endpoint's, by its name
   */
  HostEndpointStatus(Predicate<String> isHosts) {
    this.interfaces = new HostInterfaces(isHosts);
  }

  void absorb(Changes<HostEndpointKey, ActiveHost> hosts) {
    for (var change : hosts) {
      touched |= change.isRemoval() ? known.remove(change.key()) : known.add(change.key());
    }
    interfaces.absorb(hosts);
    takeOwners();
  }

  void onInterface(InterfaceChange change) {
    boolean isUp = change.present() && change.up();
    touched |= isUp ? up.add(change.name()) : up.remove(change.name());
    interfaces.onInterface(change);
    takeOwners();
  }

  /**
   * The kernel was brought to what is desired, as far as it let us.
   *
   * @param served whether all that endpoints need could be written
   * @return whose report is another one, or gone
   */
  Set<HostEndpointKey> applied(boolean served) {
    if (!touched) {
      return Set.of();
    }
    touched = !served;
    var news = new HashSet<HostEndpointKey>();
    reports.keySet().removeIf(key -> !known.contains(key) && news.add(key));
    for (var key : known) {
      var report = new EndpointReport(served ? state(key) : EndpointState.ERROR, null);
      if (!report.equals(reports.put(key, report))) {
        news.add(key);
      }
    }
    return news;
  }

  @Nullable EndpointReport report(HostEndpointKey key) {
    return reports.get(key);
  }

  private EndpointState state(HostEndpointKey key) {
    var names = owners.keySet().stream().filter(name -> key.equals(owners.get(name))).toList();
    if (names.isEmpty()) {
      return EndpointState.ERROR;
    }
    return names.stream()
            .allMatch(name -> name.equals(ChainNames.ANY_INTERFACE) || up.contains(name))
        ? EndpointState.UP
        : EndpointState.DOWN;
  }

  private void takeOwners() {
    for (var change : interfaces.takeChanges()) {
      touched = true;
      Owner after = change.after();
      if (after == null) {
        owners.remove(change.key());
      } else {
        owners.put(change.key(), after.key());
      }
    }
  }
}
