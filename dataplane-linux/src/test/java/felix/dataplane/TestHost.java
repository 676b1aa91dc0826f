package felix.dataplane;

import felix.dataplane.exec.CommandRunner;
import felix.dataplane.exec.FakeConversations;
import felix.dataplane.exec.ProcessCommandRunner;
import felix.dataplane.exec.ProgramFinder;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.iptables.KernelVersion;
import felix.dataplane.iptables.LockWait;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.LinkMessage;
import felix.model.Ip;
import felix.model.IpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A host to run dataplanes on, with its links, its programs and a clock that stands still: made of
 * fakes, or the kernel in the namespace of this process.
 */
final class TestHost implements AutoCloseable {
  private static final Path PROC = Path.of("/proc/sys/net");

  final Lab lab;
  final CommandLog commands;
  private final CommandRunner unlogged;
  private final Supplier<IpSets> sets;
  private final Path sysctls;
  private final Function<IpVersion, IptablesTools> tools;
  private final Consumer<String> onNewLink;
  private final Map<String, InterfaceChange> told = new LinkedHashMap<>();
  private long now;

  private record Programs(CommandRunner commands, Function<IpVersion, IptablesTools> tools) {}

  private TestHost(
      Lab lab, Programs programs, Supplier<IpSets> sets, Path sysctls, Consumer<String> onNewLink) {
    this.lab = lab;
    this.commands = new CommandLog(programs.commands());
    this.unlogged = programs.commands();
    this.tools = programs.tools();
    this.sets = sets;
    this.sysctls = sysctls;
    this.onNewLink = onNewLink;
  }

  /**
   * A host in memory.
   *
   * @param sysctls an empty folder for its settings of interfaces
   */
  static TestHost ofFakes(FakeTools fakes, FakeKernel kernel, Path sysctls) {
    return new TestHost(
        kernel,
        new Programs(fakes, fakes::tools),
        () -> fakes.ipset,
        sysctls,
        name -> makeSysctls(sysctls, name));
  }

  static TestHost ofKernel(IptablesBackend backend) {
    var programs = ProgramFinder.ofEnvironment();
    var commands = new ProcessCommandRunner(programs, Duration.ofSeconds(60));
    var lab = new KernelLab();
    return new TestHost(
        lab,
        new Programs(
            commands,
            version -> IptablesTools.find(version, backend, LockWait.DEFAULT, programs, commands)),
        lab.netlink()::ipSets,
        PROC,
        name -> {});
  }

  Kernel kernel() {
    return kernel(commands, commands::note);
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  void addLink(String name) {
    lab.addLink(name);
    onNewLink.accept(name);
  }

  void addRunningLink(String name) {
    addLink(name);
    lab.up(name);
  }

  /** What happened to links since the last call. */
  List<InterfaceChange> news() {
    Map<String, InterfaceChange> current = new LinkedHashMap<>();
    try (var netlink = lab.netlink().connect()) {
      List<AddressMessage> addresses = netlink.addresses();
      netlink.links().forEach(link -> current.put(link.name(), state(link, addresses)));
    }
    var gone = new HashSet<>(told.keySet());
    gone.removeAll(current.keySet());
    gone.forEach(
        name -> current.put(name, new InterfaceChange(name, 0, false, false, 0, Set.of())));
    var news = current.values().stream().filter(c -> !c.equals(told.get(c.name()))).toList();
    news.forEach(change -> told.put(change.name(), change));
    gone.forEach(told::remove);
    return news;
  }

  /** Forgets what was told, as for a process that starts. */
  List<InterfaceChange> allNews() {
    forgetWhatWasTold();
    return news();
  }

  void forgetWhatWasTold() {
    told.clear();
  }

  String dump() {
    return new HostDump(kernel(unlogged, line -> {})).text();
  }

  private Kernel kernel(CommandRunner runner, Consumer<String> log) {
    return new Kernel(
        runner,
        new FakeConversations(runner),
        tools,
        KernelVersion.parse("6.1.0"),
        new LoggedNetlink(lab.netlink(), sets, log),
        sysctls,
        mtuFile(),
        () -> now,
        Runnable::run);
  }

  /** Beside the settings of interfaces; on the real kernel there is no folder for it. */
  Path mtuFile() {
    return sysctls.equals(PROC) ? Path.of("/nowhere/mtu") : sysctls.resolve("mtu");
  }

  /** The value of an interface's setting. */
  String sysctl(String path) {
    try {
      return Files.readString(sysctls.resolve(path)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    lab.close();
  }

  private static InterfaceChange state(LinkMessage link, List<AddressMessage> addresses) {
    var own = new HashSet<Ip>();
    addresses.stream()
        .filter(address -> address.linkIndex() == link.index())
        .forEach(address -> own.add(address.address()));
    return new InterfaceChange(
        link.name(), link.index(), true, link.isOperUp(), link.settings().mtuBytes(), own);
  }

  private static void makeSysctls(Path root, String name) {
    try {
      for (var folder : List.of("ipv4/conf", "ipv4/neigh", "ipv6/conf")) {
        Path ofLink = Files.createDirectories(root.resolve(folder).resolve(name));
        for (var file :
            List.of("route_localnet", "proxy_arp", "proxy_ndp", "forwarding", "rp_filter")) {
          Files.writeString(ofLink.resolve(file), "0\n");
        }
        Files.writeString(ofLink.resolve("proxy_delay"), "80\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
