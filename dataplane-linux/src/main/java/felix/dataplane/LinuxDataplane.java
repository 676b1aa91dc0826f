package felix.dataplane;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.monitor.EventFilter;
import felix.dataplane.monitor.ExcludedInterfaces;
import felix.dataplane.monitor.InterfaceMonitor;
import felix.dataplane.route.RouteOwnership;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The whole kernel side of the agent: the ring with its thread, the dataplanes of both families
 * behind it, and the monitor that tells them what happens in the kernel.
 */
public final class LinuxDataplane implements DeltaSink, AutoCloseable {
  private static final Set<String> TUNNELS = Set.of(LinkDriver.VXLAN, LinkDriver.IPIP);

  private final DataplaneStatus status;
  private final List<Dataplane> dataplanes;
  private final DataplaneRing ring;
  private final InterfaceMonitor monitor;

  private LinuxDataplane(
      DataplaneSettings settings,
      Kernel kernel,
      DataplaneStatus status,
      Surroundings surroundings) {
    this.status = status;
    Executor readers = kernel.readers();
    var counted = new NotedPrograms(status).of(kernel).readingIn(read -> readBeside(readers, read));
    this.dataplanes = DataplaneAssembly.dataplanes(settings, counted, status, new Random());
    this.ring = new DataplaneRing(dataplanes, status, surroundings);
    this.monitor =
        new InterfaceMonitor(
            kernel.netlink(),
            settings.netlink().interfaceRefreshInterval(),
            filter(settings),
            new ExcludedInterfaces(settings.host().excludedInterfaces(), ours(settings), ring),
            surroundings.onFault());
    status.drivers().use(monitor.status());
  }

  /** A read beside has the dataplane look at what it brought. */
  private void readBeside(Executor readers, Runnable read) {
    readers.execute(
        () -> {
          read.run();
          ring.onRead();
        });
  }

  private static Predicate<String> ours(DataplaneSettings settings) {
    return name -> TUNNELS.contains(name) || settings.rules().isWorkload(name);
  }

  private static EventFilter filter(DataplaneSettings settings) {
    return new EventFilter(
        Set.copyOf(settings.families()),
        settings.rules()::isWorkload,
        TUNNELS,
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
    var programs = new HostPrograms(settings.iptables(), status.execNanos());
    var kernel = Kernel.ofHost(settings, programs, status.kernelTime());
    var possible = Ipv6Presence.settings(settings, kernel.sysctls(), kernel.tools());
    return new LinuxDataplane(possible, kernel, status, surroundings);
  }

  /**
   * Starts both threads. What the kernel holds is read while the first delta is awaited, and
   * nothing is written before.
   */
  public void start() {
    dataplanes.forEach(Dataplane::readAhead);
    ring.start();
    monitor.start();
  }

  /**
   * Refuses also while the interfaces of the host have not been listed: without them no host
   * endpoint has any, and after a restart the rules that protect them would go for a moment. Any
   * thread.
   */
  @Override
  public boolean offer(DataplaneDelta delta) {
    return monitor.hasListed() && ring.offer(delta);
  }

  /** Reads the kernel at other intervals from now on. Any thread; waits while the ring is full. */
  public void refresh(RefreshIntervals intervals) {
    ring.refresh(intervals);
    monitor.refresh(intervals.interfaces());
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
