package felix.agent;

import felix.config.FelixConfig;
import felix.config.Finding;
import felix.config.KernelSettings;
import felix.config.LogSettings;
import felix.config.RawConfig;
import felix.config.Source;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.reconcile.KernelException;
import felix.datastore.DatastoreSettings;
import felix.datastore.EtcdConnector;
import felix.datastore.EtcdSettings;
import felix.datastore.StartupReader;
import felix.health.Health;
import felix.health.HealthServer;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what the host knows to a running agent, on the main thread: wait for the datastore, read its
 * settings, build everything, start it.
 */
final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  private final RawConfig local;
  private final Exit exit;
  private final Health health = new Health();
  private final MetricsService metrics = new MetricsService(health);
  private final Set<Finding> logged = new HashSet<>();
  private boolean healthServed;

  Startup(RawConfig local, Exit exit) {
    this.local = local;
    this.exit = exit;
  }

  void run() throws InterruptedException {
    FelixConfig config = FelixConfig.resolve(local);
    LogSetup.install(config.get(LogSettings.LOG_SEVERITY_SCREEN));
    log(config);
    try {
      String hostname = SettingRecords.hostname(config);
      LOG.info("This host is {}", hostname);
      serveHealth(config);
      metrics.serve(config, false);
      EtcdSettings etcd = SettingRecords.etcd(config);
      warmUp(config);
      var connector = new EtcdConnector(etcd);
      DatastoreSettings stored = new StartupReader(connector).awaitReady(hostname);
      RawConfig raw =
          local
              .with(Source.HOST_CONFIGURATION, stored.host())
              .with(Source.GLOBAL_CONFIGURATION, stored.global());
      start(raw, connector);
    } catch (IllegalArgumentException | KernelException e) {
      LOG.error("Cannot run: {}", e.getMessage());
      exit.soon(ExitCode.UNSUITABLE);
    }
  }

  private void start(RawConfig raw, EtcdConnector connector) {
    FelixConfig config = FelixConfig.resolve(raw);
    log(config);
    LogSetup.setSeverity(config.get(LogSettings.LOG_SEVERITY_SCREEN));
    serveHealth(config);
    if (!Preflight.allows(config.get(KernelSettings.IGNORE_LOOSE_RPF))) {
      exit.soon(ExitCode.UNSUITABLE);
      return;
    }
    var agent = new Agent(raw, connector, exit);
    metrics.show(agent.metrics());
    metrics.serve(config, true);
    agent.start();
    agent.report(health);
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

  private void log(FelixConfig config) {
    for (Finding finding : config.findings()) {
      if (logged.add(finding)) {
        if (finding.isWarning()) {
          LOG.warn("{}", finding.text());
        } else {
          LOG.info("{}", finding.text());
        }
      }
    }
  }

  /** The first use of native code takes a while; etcd's first answer does too. */
  private static void warmUp(FelixConfig config) {
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
