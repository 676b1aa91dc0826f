package felix.dataplane.manager;

import felix.dataplane.ipset.DesiredIpSets;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.DscpChains;
import felix.dataplane.rules.FixedIpSets;
import felix.delta.ActiveHost;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How what endpoints send to the world is marked, in one family. While no endpoint asks for it
 * there is no chain, no set, and no rule in POSTROUTING. As a manager it follows host endpoints.
 */
public final class EgressDscp implements WorkloadPart, Manager {
  private static final String KERNEL_CHAIN = "POSTROUTING";
  private static final SortedMap<Ip, Integer> NONE = Collections.emptySortedMap();

  private final IpVersion version;
  private final DscpChains renderer;
  private final DesiredIpSets sets;
  private final TableWishes mangle;

  /** Only of interfaces whose workload asks for it; the first by name has an address of several. */
  private final SortedMap<String, SortedMap<Ip, Integer>> byInterface = new TreeMap<>();

  /** Only of host endpoints that ask for it; by name. */
  private final SortedMap<String, SortedMap<Ip, Integer>> byHostEndpoint = new TreeMap<>();

  private SortedMap<Ip, Integer> marks = NONE;

  /** Desires nothing yet. */
  public EgressDscp(IpVersion version, DesiredIpSets sets, TableWishes mangle) {
    this.version = version;
    this.renderer = new DscpChains(version);
    this.sets = sets;
    this.mangle = mangle;
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    boolean changed = false;
    for (var change : workloads) {
      var after = ofFamily(change.after());
      changed |= WorkloadPart.replace(byInterface, change.key(), after, NONE);
    }
    if (changed) {
      update();
    }
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    boolean changed = false;
    for (var change : delta.local().hosts()) {
      var after = ofFamily(change.after());
      changed |= WorkloadPart.replace(byHostEndpoint, change.key().name(), after, NONE);
    }
    if (changed) {
      update();
    }
  }

  private void update() {
    var wanted = new TreeMap<Ip, Integer>();
    byInterface.values().forEach(ofOne -> ofOne.forEach(wanted::putIfAbsent));
    byHostEndpoint.values().forEach(ofOne -> ofOne.forEach(wanted::putIfAbsent));
    if (!wanted.equals(marks)) {
      var before = marks;
      marks = wanted;
      write(before);
    }
  }

  private SortedMap<Ip, Integer> ofFamily(@Nullable ActiveWorkload workload) {
    return workload == null
        ? NONE
        : ofFamily(workload.networks().stream().map(Cidr::address), workload.extras().dscp());
  }

  private SortedMap<Ip, Integer> ofFamily(@Nullable ActiveHost host) {
    return host == null ? NONE : ofFamily(host.expectedIps().stream(), host.dscp());
  }

  private SortedMap<Ip, Integer> ofFamily(Stream<Ip> addresses, @Nullable Integer dscp) {
    var marked = new TreeMap<Ip, Integer>();
    if (dscp != null) {
      addresses
          .filter(address -> address.version() == version)
          .forEach(address -> marked.put(address, dscp));
    }
    return marked;
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
