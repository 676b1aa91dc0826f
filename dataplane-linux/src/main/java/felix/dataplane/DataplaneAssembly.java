package felix.dataplane;

import felix.dataplane.conntrack.ConnectionStatus;
import felix.dataplane.conntrack.DeniedDriver;
import felix.dataplane.conntrack.VacatedDriver;
import felix.dataplane.feature.Connections;
import felix.dataplane.feature.EndpointStatus;
import felix.dataplane.feature.Feature;
import felix.dataplane.feature.FixedSets;
import felix.dataplane.feature.HostEndpoints;
import felix.dataplane.feature.Policies;
import felix.dataplane.feature.Refresh;
import felix.dataplane.feature.Stage;
import felix.dataplane.feature.Step;
import felix.dataplane.feature.Tables;
import felix.dataplane.feature.Workloads;
import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.ipset.IpSetDriver;
import felix.dataplane.ipset.SpareIpSets;
import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.iptables.KeptRestore;
import felix.dataplane.iptables.TableDriver;
import felix.dataplane.link.LinkDriver;
import felix.dataplane.manager.EndpointStatusManager;
import felix.dataplane.manager.HostSets;
import felix.dataplane.manager.IpPoolSets;
import felix.dataplane.manager.OverlayView;
import felix.dataplane.manager.PolicyWatch;
import felix.dataplane.neigh.NeighbourDriver;
import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.route.RouteDriver;
import felix.dataplane.route.RouteKernelForm;
import felix.dataplane.route.RouteOwnership;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.FullyRandom;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.StaticChains;
import felix.dataplane.rules.Table;
import felix.dataplane.sysctl.HostForwarding;
import felix.dataplane.sysctl.SysctlDriver;
import felix.model.IpVersion;
import felix.verdict.Evaluator;
import felix.verdict.PolicyState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Builds the dataplane of one family from settings: which features there are, and their drivers.
 */
final class DataplaneAssembly {
  /** Without it no workload reaches another. */
  private static final Duration FORWARDING_CHECK = Duration.ofSeconds(10);

  private final DataplaneSettings settings;
  private final Kernel kernel;
  private final IpVersion version;
  private final Predicate<String> isWorkload;

  private DataplaneAssembly(DataplaneSettings settings, Kernel kernel, IpVersion version) {
    this.settings = settings;
    this.kernel = kernel;
    this.version = version;
    this.isWorkload = settings.rules()::isWorkload;
  }

  /** One dataplane a family, with sockets of its own: they work at the same time. */
  static List<Dataplane> dataplanes(
      DataplaneSettings settings, Kernel kernel, DataplaneStatus status, RandomGenerator random) {
    var setLists = new SpareIpSets(kernel.netlink()::ipSets);
    return settings.families().stream()
        .map(
            version ->
                new DataplaneAssembly(settings, kernel, version)
                    .build(sockets(kernel, setLists), status, random))
        .toList();
  }

  private static Sockets sockets(Kernel kernel, SpareIpSets setLists) {
    return new Sockets(kernel.netlink().connect(), kernel.netlink().conntrack(), setLists);
  }

  private record Sockets(Rtnetlink routes, Conntrack connections, SpareIpSets setLists) {}

  private Dataplane build(Sockets sockets, DataplaneStatus status, RandomGenerator random) {
    Rtnetlink netlink = sockets.routes();
    var access =
        new DeniedDriver.Access(sockets.connections(), new ConnectionStatus(), kernel.nanoTime());
    var vacated =
        new VacatedDriver(version, access.conntrack(), access.status(), access.nanoTime());
    IptablesTools tools = kernel.tools().apply(version);
    Map<Table, TableDriver> tables = tables(tools, status.drivers());
    Map<Table, Desired<String, Chain>> chains = chains(tables);
    var ipSets =
        new IpSetDriver(
            version,
            settings.ipSets().maxSize(),
            kernel.netlink().ipSets(),
            status::progress,
            new IpSetDriver.Beside(sockets.setLists(), kernel.readers(), kernel.nanoTime()));
    Workloads.Drivers drivers = drivers(netlink, vacated);
    var endpoints = new EndpointStatusManager(settings.rules()::isHost);
    tables.values().forEach(table -> status.drivers().add(table.status()));
    status.drivers().add(ipSets.status());
    status.drivers().addRoutes(version, drivers.routes().status());
    status.drivers().addConnections(version, access.status());
    List<Feature> features =
        List.of(
            Tables.of(
                tables,
                staticChains(tools),
                new OverlayView(version, settings.hostname()),
                tableRefresh()),
            fixedSets(ipSets.desired()),
            policies(chains, ipSets),
            new OverlayAssembly(settings, kernel, drivers).build(version, netlink),
            HostEndpoints.of(settings.rules(), chains),
            workloads(tables, tools, ipSets.desired(), drivers),
            Connections.ofVacated(vacated),
            denied(access),
            forwarding(),
            EndpointStatus.of(endpoints));
    var steps = features.stream().flatMap(feature -> feature.steps().stream()).toList();
    if (!settings.routes().enabled()) {
      steps = steps.stream().filter(step -> !step.stage().writesRoutes()).toList();
    }
    return new Dataplane(
        version,
        features,
        new ApplyLoop(steps, kernel.nanoTime(), random, status::progress),
        endpoints);
  }

  private Map<Table, TableDriver> tables(IptablesTools tools, DriverStatuses statuses) {
    var runner =
        new KeptRestore(
            tools,
            kernel.commands(),
            kernel.conversations(),
            HostPrograms.limit(settings.iptables()));
    statuses.add(runner.status());
    var tables = new EnumMap<Table, TableDriver>(Table.class);
    for (var table : Table.values()) {
      tables.put(
          table,
          new TableDriver(table, settings.iptables().insertMode(), tools, runner, kernel.beside()));
    }
    return tables;
  }

  private static Map<Table, Desired<String, Chain>> chains(Map<Table, TableDriver> tables) {
    var chains = new EnumMap<Table, Desired<String, Chain>>(Table.class);
    tables.forEach((table, driver) -> chains.put(table, driver.chains()));
    return chains;
  }

  private StaticChains staticChains(IptablesTools tools) {
    return new StaticChains(settings.rules(), random(tools), version);
  }

  private FullyRandom random(IptablesTools tools) {
    return settings.iptables().fullyRandom().orDetected(tools.version(), kernel.version());
  }

  private Feature fixedSets(DesiredIpSets sets) {
    boolean hostsAreExcepted = settings.rules().nat().exceptHosts();
    return FixedSets.of(
        new IpPoolSets(sets),
        new HostSets(
            version,
            settings.hostname(),
            settings.overlay().externalNodes(),
            hostsAreExcepted,
            sets));
  }

  private Feature policies(Map<Table, Desired<String, Chain>> chains, IpSetDriver ipSets) {
    return Policies.of(
        new PolicyChains(settings.rules(), version),
        chains,
        ipSets,
        settings.ipSets().refreshInterval());
  }

  /** Off, policy is not even kept in mind. */
  private Feature denied(DeniedDriver.Access access) {
    if (!settings.host().cutsDenied()) {
      return new Feature(List.of(), List.of(), List.of(), List.of());
    }
    var state = new PolicyState(Set.of(version), isWorkload);
    var evaluator = new Evaluator(state, settings.rules().encapsulated());
    var denied = new DeniedDriver(version, evaluator, access);
    return Connections.ofDenied(new PolicyWatch(state, denied::reviewAll), denied);
  }

  private Workloads.Drivers drivers(Rtnetlink netlink, VacatedDriver vacated) {
    var routes = settings.routes();
    Predicate<String> ours = name -> isWorkload.test(name) || name.equals(LinkDriver.VXLAN);
    var ownership = new RouteOwnership(routes.protocol(), routes.removeExternal(), ours);
    return new Workloads.Drivers(
        new RouteDriver(
            new RouteKernelForm(version, routes.look().metric(version), ownership),
            vacated,
            netlink,
            kernel.nanoTime()),
        new NeighbourDriver(version, ours, netlink, kernel.nanoTime()),
        new SysctlDriver(version, kernel.sysctls(), kernel.nanoTime()));
  }

  private Feature workloads(
      Map<Table, TableDriver> tables,
      IptablesTools tools,
      DesiredIpSets sets,
      Workloads.Drivers drivers) {
    var managers =
        new WorkloadAssembly(settings, kernel, version)
            .managers(tables, random(tools), sets, drivers.wishes());
    return Workloads.of(managers, drivers, settings.routes().refreshInterval());
  }

  /** Off, nothing is taken back: whether others need it we do not know. */
  private Feature forwarding() {
    var forwarding = new HostForwarding(version, kernel.sysctls());
    var step = new Step(Stage.HOST_FORWARDING, forwarding, Refresh.every(FORWARDING_CHECK));
    boolean wanted = settings.host().ipForwarding();
    return new Feature(List.of(), wanted ? List.of(step) : List.of(), List.of(), List.of());
  }

  private Refresh tableRefresh() {
    var iptables = settings.iptables();
    return new Refresh(iptables.refreshInterval(), iptables.postWriteCheckInterval());
  }
}
