package felix.dataplane;

import felix.dataplane.Uninstall.Sweep;
import felix.dataplane.attached.KindDriver;
import felix.dataplane.ipset.IpSetDriver;
import felix.dataplane.iptables.HostTables;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.iptables.TableDriver;
import felix.dataplane.link.LinkDriver;
import felix.dataplane.link.LinkRelease;
import felix.dataplane.link.LinkWish;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.neigh.ForwardingDriver;
import felix.dataplane.neigh.NeighbourDriver;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.route.RouteDriver;
import felix.dataplane.route.RouteOwnership;
import felix.model.IpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Builds the agent's drivers with nothing desired of them, in the order in which things go. */
final class UninstallAssembly {
  private final DataplaneSettings settings;
  private final Kernel kernel;
  private final Path statusFolder;
  private final Rtnetlink netlink;
  private final List<InterfaceChange> interfaces;

  UninstallAssembly(DataplaneSettings settings, Kernel kernel, Path statusFolder) {
    this.settings = settings;
    this.kernel = kernel;
    this.statusFolder = statusFolder;
    this.netlink = kernel.netlink().connect();
    this.interfaces = InterfaceChange.all(netlink);
  }

  /** All that there may be something of. */
  List<Sweep> sweeps(List<HostTables> tables) {
    var sweeps = new ArrayList<Sweep>();
    attached().forEach(driver -> sweeps.add(new Sweep(driver, false)));
    sweeps.add(new Sweep(links(), false));
    for (HostTables host : tables) {
      // The tools for nft may be there without such a kernel, or see a table that others made
      // with what they do not understand: they cannot have written ours into it.
      boolean optional = host.tools().backend() == IptablesBackend.NFT;
      tables(host).forEach(driver -> sweeps.add(new Sweep(driver, optional)));
    }
    IpSets sets = kernel.netlink().ipSets();
    if (sets.areSupported()) { // or nobody can have made any
      Stream.of(IpVersion.values()).forEach(v -> sweeps.add(new Sweep(ipSets(v, sets), false)));
    }
    sweeps.add(new Sweep(files(), false));
    return sweeps;
  }

  /** Routes before what else hangs on interfaces. */
  private List<KindDriver<?, ?>> attached() {
    Predicate<String> ours = this::isOurs;
    var drivers = new ArrayList<KindDriver<?, ?>>();
    if (settings.routes().enabled()) {
      families().forEach(version -> drivers.add(routes(version)));
    }
    families()
        .forEach(
            version -> drivers.add(new NeighbourDriver(version, ours, netlink, kernel.nanoTime())));
    drivers.add(new ForwardingDriver(LinkDriver.VXLAN::equals, netlink, kernel.nanoTime()));
    drivers.forEach(driver -> interfaces.forEach(driver::onInterface));
    return drivers;
  }

  /** None of others, whatever the agent does with them, and none that may still be wanted. */
  private RouteDriver routes(IpVersion version) {
    var ownership =
        new RouteOwnership(settings.routes().protocol(), false, this::isOurs, Duration.ZERO);
    return new RouteDriver(version, ownership, netlink, kernel.nanoTime());
  }

  private LinkDriver links() {
    var links =
        new LinkDriver(netlink, kernel.netlink().ethtool(), kernel.commands(), kernel.nanoTime());
    int protocol = RouteOwnership.protocolElsewhere(settings.routes().protocol());
    if (LinkRelease.mayRelease(netlink, settings.overlay().ipipMtuBytes(), protocol)) {
      links.desired().set(LinkDriver.IPIP, new LinkWish.Released());
    }
    return links;
  }

  private List<TableDriver> tables(HostTables host) {
    return host.tables().stream()
        .map(
            table ->
                new TableDriver(
                    table,
                    settings.iptables().insertMode(),
                    host.tools(),
                    kernel.commands(),
                    TableDriver.Beside.NOBODY))
        .toList();
  }

  private Driver ipSets(IpVersion version, IpSets sets) {
    return new IpSetDriver(version, settings.ipSets().maxSize(), sets, () -> {}, kernel.nanoTime())
        .deletions();
  }

  private UnwantedFiles files() {
    Path mtu = kernel.mtuFile();
    return new UnwantedFiles(
        List.of(mtu, mtu.resolveSibling(mtu.getFileName() + ".new")), List.of(statusFolder));
  }

  private boolean isOurs(String interfaceName) {
    return interfaceName.equals(LinkDriver.VXLAN) || settings.rules().isWorkload(interfaceName);
  }

  /** Whatever {@code Ipv6Support} says now. */
  private Stream<IpVersion> families() {
    boolean ipv6 = Files.isDirectory(kernel.sysctls().resolve("ipv6"));
    return ipv6 ? Stream.of(IpVersion.values()) : Stream.of(IpVersion.V4);
  }
}
