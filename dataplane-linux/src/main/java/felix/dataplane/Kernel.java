package felix.dataplane;

import felix.count.Distribution;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.iptables.BackendDetector;
import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.iptables.KernelVersion;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.netlink.Netlink;
import felix.model.IpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * All ways to the kernel, and the clock; another one in tests.
 *
 * @param tools the programs for the tables of a family
 * @param version of Linux
 * @param sysctls {@code /proc/sys/net}
 * @param mtuFile where the network plugin reads which MTU to give to workloads
 * @param nanoTime as {@link System#nanoTime}
 */
record Kernel(
    CommandRunner commands,
    Function<IpVersion, IptablesTools> tools,
    KernelVersion version,
    Netlink netlink,
    Path sysctls,
    Path mtuFile,
    LongSupplier nanoTime) {
  /** How long a program may take beyond its wait for the lock. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  /** The same with another way to run programs. */
  Kernel with(CommandRunner others) {
    return new Kernel(others, tools, version, netlink, sysctls, mtuFile, nanoTime);
  }

  /**
   * The kernel of this host.
   *
   * @param startNanos takes down how long it takes to start a program
   * @throws felix.dataplane.reconcile.KernelException if a program is not installed
   */
  static Kernel ofHost(DataplaneSettings settings, Distribution startNanos) {
    var iptables = settings.iptables();
    var programs = ProgramFinder.ofEnvironment();
    var commands =
        new ProcessCommandRunner(
            programs, iptables.lockWait().timeout().plus(PATIENCE), startNanos);
    var backend = new BackendDetector(programs, commands).choose(iptables.backend());
    return new Kernel(
        commands,
        version -> IptablesTools.find(version, backend, iptables.lockWait(), programs, commands),
        // uname -r, in Java
        KernelVersion.parse(System.getProperty("os.version", "")),
        new LinuxNetlink(settings.netlink().timeout()),
        Path.of("/proc/sys/net"),
        Path.of("/var/lib/calico/mtu"),
        System::nanoTime);
  }
}
