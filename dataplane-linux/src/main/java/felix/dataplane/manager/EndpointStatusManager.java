package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.dataplane.status.FamilyReports;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.model.EndpointKey;
import felix.model.HostEndpointKey;
import felix.model.WorkloadEndpointKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows how the endpoints of this host fare in one family. What is heard of an endpoint counts
 * once the kernel was brought there: before, it fares as it did.
 *
 * <p>Of several workload endpoints that name one interface only the one that has it is reported.
 */
public final class EndpointStatusManager implements Manager, FamilyReports {
  private final Claims<String, WorkloadEndpointKey, Owned> interfaces = new Claims<>();
  private final Map<String, Owned> owned = new HashMap<>();
  private final Set<String> up = new HashSet<>();

  /** Interfaces of which something is new since the kernel was last brought anywhere. */
  private final Set<String> touched = new HashSet<>();

  private final Map<WorkloadEndpointKey, EndpointReport> reports = new HashMap<>();
  private final Set<EndpointKey> news = new HashSet<>();
  private final HostEndpointStatus hosts;
  private Set<String> refused = Set.of();
  private boolean complete;

  /**
   * Knows no interface and no endpoint yet.
   *
   * @param isHosts whether an interface may be a host endpoint's, by its name
   */
  public EndpointStatusManager(Predicate<String> isHosts) {
    this.hosts = new HostEndpointStatus(isHosts);
  }

  private record Owned(WorkloadEndpointKey key, ActiveWorkload workload) {}

  @Override
  public void absorb(DataplaneDelta delta) {
    hosts.absorb(delta.local().hosts());
    for (var change : delta.local().workloads()) {
      if (change.before() != null) {
        interfaces.release(change.before().interfaceName(), change.key());
      }
    }
    for (var change : delta.local().workloads()) {
      ActiveWorkload after = change.after();
      if (after != null) {
        interfaces.claim(after.interfaceName(), change.key(), new Owned(change.key(), after));
      }
    }
    for (var change : interfaces.takeChanges()) {
      take(change.key(), change.before(), change.after());
    }
  }

  private void take(String interfaceName, @Nullable Owned before, @Nullable Owned after) {
    touched.add(interfaceName);
    if (before != null && owned.remove(interfaceName, before)) {
      forget(before.key(), after);
    }
    if (after != null) {
      owned.put(interfaceName, after);
    }
  }

  /** An endpoint may get another interface: then it is there still, and looked at anew. */
  private void forget(WorkloadEndpointKey key, @Nullable Owned after) {
    if ((after == null || !after.key().equals(key)) && reports.remove(key) != null) {
      news.add(key);
    }
  }

  public void onInterface(InterfaceChange change) {
    hosts.onInterface(change);
    boolean isUp = change.present() && change.up();
    if (isUp ? up.add(change.name()) : up.remove(change.name())) {
      touched.add(change.name());
    }
  }

  /**
   * The kernel was brought to what is desired, as far as it let us.
   *
   * @param served whether all tables and all that workloads need could be written, apart from
   *     single objects
   * @param nowRefused interfaces on which the kernel refuses single objects
   */
  public void applied(boolean served, Set<String> nowRefused) {
    complete = true;
    touched.addAll(refused);
    touched.addAll(nowRefused);
    refused = Set.copyOf(nowRefused);
    for (String interfaceName : touched) {
      Owned owner = owned.get(interfaceName);
      if (owner != null) {
        var report = new EndpointReport(state(interfaceName, served), owner.workload());
        if (!report.equals(reports.put(owner.key(), report))) {
          news.add(owner.key());
        }
      }
    }
    if (served) {
      touched.clear();
    }
    news.addAll(hosts.applied(served));
  }

  private EndpointState state(String interfaceName, boolean served) {
    if (!up.contains(interfaceName)) {
      return EndpointState.DOWN;
    }
    return served && !refused.contains(interfaceName) ? EndpointState.UP : EndpointState.ERROR;
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public Set<EndpointKey> takeNews() {
    var taken = Set.copyOf(news);
    news.clear();
    return taken;
  }

  @Override
  public @Nullable EndpointReport report(EndpointKey key) {
    return switch (key) {
      case WorkloadEndpointKey workload -> reports.get(workload);
      case HostEndpointKey host -> hosts.report(host);
    };
  }
}
