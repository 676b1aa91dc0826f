package felix.dataplane.manager;

import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.dataplane.sysctl.InterfaceSysctl;
import felix.delta.ActiveWorkload;
import felix.delta.Change;
import felix.delta.Changes;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the interfaces of workloads need to be reached in one family: a route for each address, a
 * neighbour where the MAC is known, and sysctls. An interface that is not a workload's by its name
 * gets nothing: no rule would police it, and the host's own would become a gateway for others.
 */
public final class WorkloadNetworks implements WorkloadPart {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadNetworks.class);

  private final IpVersion version;
  private final Look look;
  private final Predicate<String> ourInterface;
  private final Wishes wishes;

  /** Where what is needed is written to. */
  public record Wishes(
      Desired<RouteId, Route> routes,
      Desired<NeighbourKey, MacAddress> neighbours,
      Desired<String, Map<InterfaceSysctl, String>> sysctls) {}

  /**
   * What interfaces and routes to workloads look like.
   *
   * @param source the address with which this host speaks to workloads; null leaves the choice to
   *     the kernel
   * @param floatingIps whether a workload is reached at its floating IPs, too
   * @param rpFilter what {@code rp_filter} is on interfaces of workloads that may not spoof their
   *     source; null: none may, and it is left as it is
   */
  public record Look(@Nullable Ip source, boolean floatingIps, @Nullable String rpFilter) {}

  /**
   * Desires nothing yet.
   *
   * @param ourInterface whether an interface is a workload's, told by the name
   */
  public WorkloadNetworks(
      IpVersion version, Look look, Predicate<String> ourInterface, Wishes wishes) {
    this.version = version;
    this.look = look;
    this.ourInterface = ourInterface;
    this.wishes = wishes;
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    var changes = ours(workloads);
    for (var change : changes) {
      if (change.before() != null) {
        remove(change.before(), networks(change.after()));
      }
      if (change.after() == null) {
        wishes.sysctls().remove(change.key());
      }
    }
    for (var change : changes) {
      if (change.after() != null) {
        set(change.after());
      }
    }
  }

  private List<Change<String, ActiveWorkload>> ours(Changes<String, ActiveWorkload> workloads) {
    var ours = new ArrayList<Change<String, ActiveWorkload>>();
    for (var change : workloads) {
      if (ourInterface.test(change.key())) {
        ours.add(change);
      } else if (change.after() != null) {
        LOG.warn("{} is not a workload's interface, though an endpoint says so", change.key());
      }
    }
    return ours;
  }

  private void remove(ActiveWorkload workload, List<Cidr> kept) {
    String name = workload.interfaceName();
    for (var network : networks(workload)) {
      if (!kept.contains(network)) {
        wishes.routes().remove(new RouteId(network, name));
        wishes.neighbours().remove(new NeighbourKey(name, network.address()));
      }
    }
  }

  private void set(ActiveWorkload workload) {
    String name = workload.interfaceName();
    wishes.sysctls().set(name, sysctls(workload));
    for (var network : networks(workload)) {
      var route = Route.onLink(network, name, look.source());
      wishes.routes().set(route.id(), route);
      var neighbour = new NeighbourKey(name, network.address());
      if (workload.mac() != null && network.isSingleAddress()) {
        wishes.neighbours().set(neighbour, workload.mac());
      } else {
        wishes.neighbours().remove(neighbour);
      }
    }
  }

  /** IPv6 has no {@code rp_filter}. */
  private Map<InterfaceSysctl, String> sysctls(ActiveWorkload workload) {
    var sysctls = new EnumMap<InterfaceSysctl, String>(InterfaceSysctl.class);
    sysctls.putAll(InterfaceSysctl.forWorkloads(version));
    if (version == IpVersion.V4 && look.rpFilter() != null) {
      boolean spoofs = !workload.extras().spoofableSources().isEmpty();
      sysctls.put(InterfaceSysctl.RP_FILTER, spoofs ? "0" : look.rpFilter());
    }
    return sysctls;
  }

  private List<Cidr> networks(@Nullable ActiveWorkload workload) {
    if (workload == null) {
      return List.of();
    }
    var floating =
        look.floatingIps()
            ? workload.extras().translations().stream().map(t -> t.external().toCidr())
            : Stream.<Cidr>empty();
    return Stream.concat(workload.networks().stream(), floating)
        .filter(network -> network.version() == version)
        .distinct()
        .toList();
  }
}
