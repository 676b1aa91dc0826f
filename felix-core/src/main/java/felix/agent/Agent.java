package felix.agent;

import felix.calc.ring.CalcGraphRing;
import felix.dataplane.LinuxDataplane;
import felix.dataplane.Surroundings;
import felix.datastore.EtcdSecurity;
import felix.datastore.EtcdWatcher;
import felix.datastore.Quarantine;
import felix.delta.DeltaSink;
import felix.health.Health;
import felix.metrics.Metrics;
import felix.metrics.Reports;
import felix.policysync.PolicySync;
import felix.status.EndpointBoard;
import felix.status.StatusFiles;
import felix.status.StatusKeys;
import felix.status.StatusReporting;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wiring: etcd's thread, the ring to the calculation graph, its thread, the ring to the
 * dataplane, its thread; from there a board that those read who write status. Before the second
 * ring policy sync takes a copy, if it is wanted. Nothing downstream calls upstream.
 */
final class Agent {
  private final Quarantine quarantine = new Quarantine();
  private final EndpointBoard board = new EndpointBoard();
  private final AgentSettings settings;
  private final Consumer<Throwable> onFault;
  private final LinuxDataplane dataplane;
  private final StatusReporting reporting;
  private final Optional<StatusFiles> files;
  private final Optional<PolicySync> policySync;
  private final ConfigurationWatch configuration;
  private final CalcGraphRing graph;
  private final EtcdWatcher watcher;
  private final EtcdSecurity etcd;

  /**
   * Builds all of it; nothing runs yet.
   *
   * @param settings made of what was loaded
   */
  Agent(
      AgentSettings settings,
      ConfigurationLoader.Loaded loaded,
      FindingLog findings,
      ConfigurationWatch.Reaction reaction,
      Exit exit) {
    this.settings = settings;
    onFault = new FaultHandler(exit);
    dataplane = LinuxDataplane.ofHost(settings.dataplane(), surroundings());
    reporting =
        new StatusReporting(
            new StatusKeys(StatusKeys.NO_REGION, settings.hostname()),
            board,
            loaded.connector()::statusStore,
            onFault);
    files = settings.endpointStatus().map(prefix -> new StatusFiles(prefix, board, onFault));
    policySync = settings.policySync().map(who -> new PolicySync(who, onFault));
    var reactions =
        reaction
            .with(config -> dataplane.refresh(SettingRecords.refreshIntervals(config)))
            .with(config -> reporting.follow(HealthRecords.reporting(config)));
    configuration =
        new ConfigurationWatch(loaded.raw(), settings.hostname(), findings, reactions, sink());
    graph =
        new CalcGraphRing(
            settings.graph(),
            configuration,
            onFault,
            Simulation.hang("the calculation graph's", settings.faults().graphHangAfter()));
    etcd = loaded.connector().security();
    watcher = new EtcdWatcher(loaded.connector(), graph, quarantine, onFault);
  }

  /** Where the graph's deltas go to, behind the look at their settings. */
  private DeltaSink sink() {
    return policySync.isPresent() ? policySync.get().before(dataplane) : dataplane;
  }

  private Surroundings surroundings() {
    return new Surroundings(
        onFault,
        board,
        Simulation.hang("the dataplane's", settings.faults().dataplaneHangAfter()),
        Simulation.delay(settings.faults().applyDelay()));
  }

  void start() {
    dataplane.start();
    graph.start();
    watcher.start();
    reporting.follow(settings.reporting());
    files.ifPresent(StatusFiles::start);
    policySync.ifPresent(PolicySync::start);
    Simulation.fault(settings.faults().endAfter(), onFault);
  }

  void report(Health health) {
    var all = new AgentHealth(watcher, graph, dataplane);
    all.with(reporting);
    files.ifPresent(all::with);
    all.report(health);
  }

  Metrics metrics() {
    return new Metrics(
        watcher.status(), quarantine::size, graph.status(), dataplane.status(), reports());
  }

  private Reports reports() {
    Reports reports =
        Reports.none()
            .with(new Reports.EtcdSecurity(etcd::isInsecure, etcd::expiries))
            .withInvalidSettings(configuration::problems);
    return policySync
        .map(sync -> new Reports.PolicySync(sync::sockets, sync::clients, sync::refused))
        .map(reports::with)
        .orElse(reports);
  }
}
