package felix.dataplane;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.link.LinkDriver;
import felix.dataplane.monitor.EventFilter;
import felix.dataplane.monitor.InterfaceMonitor;
import felix.dataplane.route.RouteOwnership;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The whole kernel side of the agent: the ring with its thread, the dataplanes of both families
 * behind it, and the monitor that tells them what happens in the kernel.
 */
public final class LinuxDataplane implements DeltaSink, AutoCloseable {
  private final DataplaneStatus status;
  private final DataplaneRing ring;
  private final InterfaceMonitor monitor;

  private LinuxDataplane(
      DataplaneSettings settings,
      Kernel kernel,
      DataplaneStatus status,
      Surroundings surroundings) {
    this.status = status;
    var counted = kernel.with(noting(kernel.commands(), status::progress));
    this.ring =
        new DataplaneRing(
            DataplaneAssembly.dataplanes(settings, counted, status, new Random()),
            status,
            surroundings);
    this.monitor =
        new InterfaceMonitor(
            kernel.netlink(),
            settings.netlink().interfaceRefreshInterval(),
            filter(settings),
            ring,
            surroundings.onFault());
    status.drivers().use(monitor.status());
  }

  /** A program that has ended is a piece of work done: a step may run several. */
  private static CommandRunner noting(CommandRunner commands, Runnable progress) {
    return (command, input) -> {
      progress.run();
      CommandResult result = commands.run(command, input);
      progress.run();
      return result;
    };
  }

  private static EventFilter filter(DataplaneSettings settings) {
    List<String> prefixes = settings.rules().interfacePrefixes();
    return new EventFilter(
        Set.copyOf(settings.families()),
        name -> prefixes.stream().anyMatch(name::startsWith),
        Set.of(LinkDriver.VXLAN, LinkDriver.IPIP),
        RouteOwnership.protocolElsewhere(settings.routes().protocol()));
  }

  /**
   * A dataplane of this host that does nothing yet.
   *
   * @param surroundings called on the dataplane's thread, for a fault also on the monitor's
   * @throws felix.dataplane.reconcile.KernelException if a program that is needed is not installed
   */
  public static LinuxDataplane ofHost(DataplaneSettings settings, Surroundings surroundings) {
    var status = DataplaneStatus.none();
    var kernel = Kernel.ofHost(settings, status.execNanos());
    return new LinuxDataplane(settings, kernel, status, surroundings);
  }

  /** Starts both threads. Nothing is written before the first delta. */
  public void start() {
    ring.start();
    monitor.start();
  }

  /** Any thread. */
  @Override
  public boolean offer(DataplaneDelta delta) {
    return ring.offer(delta);
  }

  /** For health checks and metrics. */
  public DataplaneStatus status() {
    return status;
  }

  /** When the thread {@code iface-monitor} last came round, by {@link System#nanoTime}. */
  public long lastMonitorProgress() {
    return ring.lastMonitorProgress();
  }

  /** Stops both threads. The kernel is left as it is. */
  @Override
  public void close() {
    ring.close();
    monitor.close();
  }
}
