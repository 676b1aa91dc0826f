package felix.dataplane;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.Conversations;
import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.iptables.KernelVersion;
import felix.dataplane.iptables.TableDriver;
import felix.dataplane.netlink.LinuxNetlink;
import felix.dataplane.netlink.Netlink;
import felix.dataplane.reconcile.KernelTime;
import felix.dataplane.reconcile.ReaderThreads;
import felix.model.IpVersion;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * All ways to the kernel, and the clock; another one in tests.
 *
 * @param conversations programs that are kept
 * @param tools the programs for the tables of a family
 * @param version of Linux
 * @param sysctls {@code /proc/sys/net}
 * @param mtuFile where the network plugin reads which MTU to give to workloads
 * @param nanoTime as {@link System#nanoTime}
 * @param readers where the kernel is read beside the dataplane thread
 */
record Kernel(
    CommandRunner commands,
    Conversations conversations,
    Function<IpVersion, IptablesTools> tools,
    KernelVersion version,
    Netlink netlink,
    Path sysctls,
    Path mtuFile,
    LongSupplier nanoTime,
    Executor readers) {
  /** For drivers that read beside the dataplane thread. */
  TableDriver.Beside beside() {
    return new TableDriver.Beside(readers, nanoTime, netlink.rules());
  }

  /** The same with another place to read. */
  Kernel readingIn(Executor others) {
    return new Kernel(
        commands, conversations, tools, version, netlink, sysctls, mtuFile, nanoTime, others);
  }

  /** The same with other ways to run programs. */
  Kernel with(CommandRunner others, Conversations otherConversations) {
    return new Kernel(
        others, otherConversations, tools, version, netlink, sysctls, mtuFile, nanoTime, readers);
  }

  /**
   * The kernel of this host.
   *
   * @param time told while the kernel is asked something
   */
  static Kernel ofHost(DataplaneSettings settings, HostPrograms programs, KernelTime time) {
    return new Kernel(
        programs.commands(),
        programs.conversations(),
        programs::tools,
        // uname -r, in Java
        KernelVersion.parse(System.getProperty("os.version", "")),
        new LinuxNetlink(settings.netlink().timeout(), time),
        Path.of("/proc/sys/net"),
        Path.of("/var/lib/calico/mtu"),
        System::nanoTime,
        ReaderThreads.start());
  }
}
