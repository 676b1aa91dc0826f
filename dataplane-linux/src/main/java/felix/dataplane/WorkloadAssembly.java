package felix.dataplane;

import static java.util.Objects.requireNonNull;

import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.iptables.TableDriver;
import felix.dataplane.manager.EgressDscp;
import felix.dataplane.manager.EndpointManager;
import felix.dataplane.manager.FloatingIps;
import felix.dataplane.manager.Manager;
import felix.dataplane.manager.SpoofableSources;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.manager.WorkloadChains;
import felix.dataplane.manager.WorkloadNetworks;
import felix.dataplane.manager.WorkloadPart;
import felix.dataplane.rules.EndpointChains;
import felix.dataplane.rules.FloatingIpChains;
import felix.dataplane.rules.FullyRandom;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import felix.dataplane.sysctl.InterfaceSysctl;
import felix.model.IpVersion;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the parts of one family that follow which endpoint has which interface. */
final class WorkloadAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadAssembly.class);

  /** Of {@code rp_filter}. */
  private static final String OFF = "0";

  private static final String STRICT = "1";

  private final DataplaneSettings settings;
  private final Kernel kernel;
  private final IpVersion version;

  WorkloadAssembly(DataplaneSettings settings, Kernel kernel, IpVersion version) {
    this.settings = settings;
    this.kernel = kernel;
    this.version = version;
  }

  /**
   * Managers that know no endpoint yet.
   *
   * @param tables all of them
   * @param random how ports are translated
   */
  List<Manager> managers(
      Map<Table, TableDriver> tables,
      FullyRandom random,
      DesiredIpSets sets,
      WorkloadNetworks.Wishes wishes) {
    RuleSettings rules = settings.rules();
    var extras = rules.extras();
    var mangle = table(tables, Table.MANGLE);
    var dscp = new EgressDscp(version, sets, new TableWishes(mangle.chains(), mangle.hooks()));
    List<WorkloadPart> parts =
        List.of(
            new WorkloadChains(new EndpointChains(rules), table(tables, Table.FILTER).chains()),
            new WorkloadNetworks(version, look(extras), rules::isWorkload, wishes),
            new FloatingIps(
                version,
                extras.floatingIps(),
                new FloatingIpChains(random),
                table(tables, Table.NAT).chains()),
            new SpoofableSources(
                version, extras.sourceSpoofing(), table(tables, Table.RAW).chains()),
            dscp);
    return List.of(new EndpointManager(parts), dscp);
  }

  private WorkloadNetworks.Look look(RuleSettings.Extras extras) {
    var source = settings.routes().look().source(version);
    if (!extras.sourceSpoofing()) {
      return new WorkloadNetworks.Look(source, extras.floatingIps(), null);
    }
    var ofAll = InterfaceSysctl.RP_FILTER.of("all", kernel.sysctls()).orElse(OFF);
    if (version == IpVersion.V4 && !ofAll.equals(OFF)) {
      LOG.warn(
          "WorkloadSourceSpoofing is Any, but net.ipv4.conf.all.rp_filter is {}, not 0:"
              + " the kernel drops what endpoints are allowed to spoof",
          ofAll);
    }
    var usual = InterfaceSysctl.RP_FILTER.of("default", kernel.sysctls()).orElse(STRICT);
    return new WorkloadNetworks.Look(source, extras.floatingIps(), usual);
  }

  private static TableDriver table(Map<Table, TableDriver> tables, Table table) {
    return requireNonNull(tables.get(table));
  }
}
