package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.DscpChains;
import felix.dataplane.rules.FixedIpSets;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How what workloads send to the world is marked, in one family. While no workload asks for it
 * there is no chain, no set, and no rule in POSTROUTING.
 */
public final class EgressDscp implements WorkloadPart {
  private static final String KERNEL_CHAIN = "POSTROUTING";

  private final IpVersion version;
  private final DscpChains renderer;
  private final DesiredIpSets sets;
  private final TableWishes mangle;

  /** Only of interfaces whose workload asks for it; the first by name has an address of several. */
  private final SortedMap<String, SortedMap<Ip, Integer>> byInterface = new TreeMap<>();

  private SortedMap<Ip, Integer> marks = new TreeMap<>();

  /** Desires nothing yet. */
  public EgressDscp(IpVersion version, DesiredIpSets sets, TableWishes mangle) {
    this.version = version;
    this.renderer = new DscpChains(version);
    this.sets = sets;
    this.mangle = mangle;
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    for (var change : workloads) {
      var after = ofFamily(change.after());
      if (after.isEmpty()) {
        byInterface.remove(change.key());
      } else {
        byInterface.put(change.key(), after);
      }
    }
    var wanted = new TreeMap<Ip, Integer>();
    byInterface.values().forEach(ofOne -> ofOne.forEach(wanted::putIfAbsent));
    if (!wanted.equals(marks)) {
      var before = marks;
      marks = wanted;
      write(before);
    }
  }

  private SortedMap<Ip, Integer> ofFamily(@Nullable ActiveWorkload workload) {
    var addresses = new TreeMap<Ip, Integer>();
    Integer dscp = workload == null ? null : workload.extras().dscp();
    if (workload != null && dscp != null) {
      workload.networks().stream()
          .filter(network -> network.version() == version)
          .map(Cidr::address)
          .forEach(address -> addresses.put(address, dscp));
    }
    return addresses;
  }

  private void write(Map<Ip, Integer> before) {
    var chains = renderer.of(marks);
    if (marks.isEmpty()) {
      mangle.hooks().remove(KERNEL_CHAIN);
      chains.stream().map(Chain::name).forEach(mangle.chains()::remove);
      sets.remove(FixedIpSets.DSCP_SOURCES);
      return;
    }
    if (before.isEmpty()) {
      sets.set(FixedIpSets.DSCP_SOURCES, IpSetType.NET);
      mangle.hooks().set(KERNEL_CHAIN, DscpChains.hook());
    }
    sets.replaceMembers(
        FixedIpSets.DSCP_SOURCES,
        marks.keySet().stream().map(ip -> new IpSetMember.Net(ip.toCidr())).toList());
    chains.forEach(chain -> mangle.chains().set(chain.name(), chain));
  }
}
