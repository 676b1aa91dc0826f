package felix.agent;

import felix.config.FelixConfig;
import felix.config.KernelSettings;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.reconcile.KernelException;
import felix.health.Health;
import felix.health.HealthMonitor;
import felix.health.HealthReport;
import felix.health.HealthServer;
import felix.health.Limits;
import felix.health.ServiceManager;
import felix.log.LogPlan;
import felix.log.LogSetup;
import felix.metrics.Reports;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what the host knows to a running agent, on the main thread: wait for the datastore, read its
 * settings, build everything, start it.
 */
final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  private final ConfigurationLoader loader;
  private final Exit exit;
  private final LogSetup log;
  private final Limits limits = new Limits();
  private final Health health = new Health(limits);
  private final HealthMonitor monitor;
  private final MetricsService metrics = new MetricsService(health);
  private final FindingLog findings = new FindingLog();
  private boolean healthServed;
  private boolean warm;

  Startup(ConfigurationLoader.LocalSources local, Exit exit, LogSetup log, ServiceManager service) {
    this.loader = new ConfigurationLoader(local, findings, this::use);
    this.exit = exit;
    this.log = log;
    this.monitor = new HealthMonitor(health, service, memory(), new FaultHandler(exit));
  }

  /** Gives back what only the start needed. */
  private static Consumer<HealthReport> memory() {
    Consumer<HealthReport> heap = HeapKeeper.ofProcess()::look;
    return heap.andThen(PageKeeper.ofProcess()::look);
  }

  void run() throws InterruptedException {
    monitor.start();
    try {
      start(loader.await());
    } catch (IllegalArgumentException | KernelException e) {
      LOG.error("Cannot run: {}", e.getMessage());
      exit.soon(ExitCode.UNSUITABLE);
    }
  }

  /** What the agent needs while it still waits. */
  private void use(FelixConfig config) {
    log.apply(LogPlan.of(config));
    serveHealth(config);
    MetricsServing.knownFromHost(config).ifPresent(metrics::serve);
    warmUp(config);
    health.phase(
        config.problems().isEmpty()
            ? "waiting for etcd to answer and to be ready"
            : "waiting for settings to be mended: " + String.join("; ", config.problems()));
    monitor.ready();
  }

  private void start(ConfigurationLoader.Loaded loaded) {
    AgentSettings settings = AgentSettings.of(loaded.config());
    LOG.info("This host is {}", settings.hostname());
    limits.override(settings.healthLimits());
    RpfWatch rpf = Preflight.ofHost(loaded.config());
    if (!Preflight.allows(rpf, settings.ignoreLooseRpf())) {
      exit.soon(ExitCode.UNSUITABLE);
      return;
    }
    var restart = new ConfigurationWatch.Reaction(live(), this::restart);
    var agent = new Agent(settings, loaded, findings, restart, exit);
    metrics.show(agent.metrics(), reports -> completed(reports, rpf, settings));
    settings.metrics().ifPresent(metrics::serve);
    agent.start();
    rpf.start();
    agent.report(health);
  }

  /** What the agent does not know of itself. */
  private Reports completed(Reports reports, RpfWatch rpf, AgentSettings settings) {
    var counts = log.counts();
    return reports
        .with(new Reports.Logs(counts::dropped, counts::errors, counts::repeated))
        .withReversePath(() -> rpf.verdicts(settings.ignoreLooseRpf()));
  }

  /** Whom settings concern that change within a process. */
  private List<Consumer<FelixConfig>> live() {
    return List.of(
        config -> log.apply(LogPlan.of(config)),
        config -> limits.override(HealthRecords.limits(config)));
  }

  private void restart() {
    exit.soon(ExitCode.CONFIGURATION_CHANGED);
  }

  /** As soon as it is known that it is wanted. */
  private void serveHealth(FelixConfig config) {
    Optional<InetSocketAddress> address = SettingRecords.health(config);
    if (address.isPresent() && !healthServed) {
      Listening.start(
          "health", () -> HealthServer.start(Listening.resolved(address.get()), health));
      healthServed = true;
    }
  }

  /** The first use of native code takes a while; etcd's first answer does too. */
  private void warmUp(FelixConfig config) {
    if (warm) {
      return;
    }
    warm = true;
    var netlink = new LinuxNetlink(config.get(KernelSettings.NETLINK_TIMEOUT));
    Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        .start(
            () -> {
              try (var conversation = netlink.connect()) {
                LOG.debug("The kernel names {} interfaces", conversation.links().size());
              } catch (KernelException e) {
                LOG.debug("Netlink: {}", e.getMessage());
              }
            });
  }
}
