package felix.dataplane.manager;

import static felix.dataplane.DeltaBuilder.workload;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.manager.StaticChainsManager.TableWishes;
import felix.dataplane.manager.WorkloadNetworks.Wishes;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.FloatingIpChains;
import felix.dataplane.rules.FullyRandom;
import felix.dataplane.rules.Rule;
import felix.dataplane.sysctl.InterfaceSysctl;
import felix.delta.ActiveHost;
import felix.delta.ActiveHost.Policies;
import felix.delta.ActiveWorkload;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.WorkloadExtras;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kernel should hold for endpoints that ask for more than routes and policy. */
class WorkloadPartsTest {
  private static final String STRICT = "1";

  private final RecordingDesired<String, Chain> nat = new RecordingDesired<>();
  private final RecordingDesired<String, Chain> raw = new RecordingDesired<>();
  private final RecordingDesired<String, Chain> mangle = new RecordingDesired<>();
  private final RecordingDesired<String, List<Rule>> mangleHooks = new RecordingDesired<>();
  private final RecordingIpSets sets = new RecordingIpSets(IpVersion.V4);
  private final RecordingDesired<RouteId, Route> routes = new RecordingDesired<>();
  private final RecordingDesired<NeighbourKey, MacAddress> neighbours = new RecordingDesired<>();
  private final RecordingDesired<String, Map<InterfaceSysctl, String>> sysctls =
      new RecordingDesired<>();
  private final DeltaBuilder cluster = new DeltaBuilder();
  private final EgressDscp dscp =
      new EgressDscp(IpVersion.V4, sets, new TableWishes(mangle, mangleHooks));
  private Manager endpoints = manager(true, true);

  private Manager manager(boolean floatingIps, boolean spoofing) {
    return new EndpointManager(
        List.of(
            new WorkloadNetworks(
                IpVersion.V4,
                new WorkloadNetworks.Look(null, floatingIps, spoofing ? STRICT : null),
                name -> name.startsWith("cali"),
                new Wishes(routes, neighbours, sysctls)),
            new FloatingIps(
                IpVersion.V4, floatingIps, new FloatingIpChains(new FullyRandom(true, true)), nat),
            new SpoofableSources(IpVersion.V4, spoofing, raw),
            dscp));
  }

  private void absorb(String name, @Nullable ActiveWorkload workload) {
    cluster.workload(name, workload);
    endpoints.absorb(cluster.take());
  }

  private static ActiveWorkload asking(
      String interfaceName, String ip, @Nullable String external, List<String> spoofs, int dscp) {
    var plain = workload(interfaceName, "calico", null, ip + "/32", "fd00::1/128");
    var translations =
        external == null
            ? List.<AddressTranslation>of()
            : List.of(
                new AddressTranslation(Ip.parse(ip), Ip.parse(external)),
                new AddressTranslation(Ip.parse("fd00::1"), Ip.parse("2001:db8::1")));
    return new ActiveWorkload(
        plain.interfaceName(),
        plain.networks(),
        plain.mac(),
        plain.tiers(),
        plain.profiles(),
        new WorkloadExtras(
            translations, spoofs.stream().map(Cidr::parse).toList(), dscp < 0 ? null : dscp));
  }

  private static ActiveWorkload floating(String interfaceName, String ip, String external) {
    return asking(interfaceName, ip, external, List.of(), -1);
  }

  private static ActiveWorkload spoofing(String interfaceName, String... networks) {
    return asking(interfaceName, "10.0.0.1", null, List.of(networks), -1);
  }

  private static ActiveWorkload marking(String interfaceName, String ip, int dscp) {
    return asking(interfaceName, ip, null, List.of(), dscp);
  }

  private int rules(RecordingDesired<String, Chain> table, String chain) {
    return Objects.requireNonNull(table.desired.get(chain), chain).rules().size();
  }

  private String rpFilter() {
    return Objects.requireNonNull(
        Objects.requireNonNull(sysctls.desired.get("cali1")).get(InterfaceSysctl.RP_FILTER));
  }

  @Test
  void floatingIpIsRoutedToItsInterfaceAndTranslated() {
    absorb("a", floating("cali1", "10.0.0.1", "203.0.113.1"));
    assertThat(routes.desired.keySet())
        .extracting(id -> id.destination() + " " + id.interfaceName())
        .containsExactlyInAnyOrder("10.0.0.1/32 cali1", "203.0.113.1/32 cali1");
    assertThat(neighbours.desired).hasSize(2);
    assertThat(rules(nat, "cali-fip-dnat")).isOne();
    assertThat(rules(nat, "cali-fip-snat")).isOne();

    absorb("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    assertThat(routes.desired).hasSize(1);
    assertThat(neighbours.desired).hasSize(1);
    assertThat(rules(nat, "cali-fip-dnat")).isZero();
    assertThat(rules(nat, "cali-fip-snat")).isZero();
  }

  @Test
  void floatingIpMovesWithinOneDelta() {
    cluster.workload("b", floating("cali2", "10.0.0.2", "203.0.113.1"));
    absorb("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    cluster.workload("b", workload("cali2", "calico", null, "10.0.0.2/32"));
    absorb("a", floating("cali1", "10.0.0.1", "203.0.113.1"));
    assertThat(routes.desired)
        .containsKey(new RouteId(Cidr.parse("203.0.113.1/32"), "cali1"))
        .doesNotContainKey(new RouteId(Cidr.parse("203.0.113.1/32"), "cali2"));
    assertThat(rules(nat, "cali-fip-dnat")).isOne();
  }

  @Test
  void endpointInAnothersShadowHasNone() {
    absorb("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    absorb("b", floating("cali1", "10.0.0.2", "203.0.113.1"));
    assertThat(rules(nat, "cali-fip-dnat")).isZero();
    assertThat(routes.desired).hasSize(1);
    absorb("a", null);
    assertThat(rules(nat, "cali-fip-dnat")).isOne();
    assertThat(routes.desired).hasSize(2);
  }

  @Test
  void floatingIpsThatAreDisabledAreIgnored() {
    endpoints = manager(false, false);
    absorb("a", floating("cali1", "10.0.0.1", "203.0.113.1"));
    assertThat(rules(nat, "cali-fip-dnat")).isZero();
    assertThat(routes.desired).hasSize(1);
  }

  @Test
  void whoMaySpoofIsNotFilteredByTheKernelEither() {
    absorb("a", spoofing("cali1", "10.9.0.0/16", "fd09::/64"));
    assertThat(rules(raw, "cali-rpf-skip")).isOne();
    assertThat(rpFilter()).isEqualTo("0");
    absorb("a", spoofing("cali1"));
    assertThat(rules(raw, "cali-rpf-skip")).isZero();
    assertThat(rpFilter()).as("again as of other interfaces").isEqualTo(STRICT);
  }

  @Test
  void whereNobodyMaySpoofNothingIsTouchedForIt() {
    raw.desired.clear();
    endpoints = manager(true, false);
    absorb("a", spoofing("cali1", "10.9.0.0/16"));
    assertThat(raw.desired).isEmpty();
    assertThat(sysctls.desired.get("cali1")).doesNotContainKey(InterfaceSysctl.RP_FILTER);
  }

  @Test
  void marksComeWithTheFirstWhoAsksAndGoWithTheLast() {
    assertThat(mangle.desired).isEmpty();
    absorb("a", marking("cali1", "10.0.0.1", 46));
    absorb("b", marking("cali2", "10.0.0.2", 0));
    assertThat(mangle.desired).containsOnlyKeys("cali-POSTROUTING", "cali-egress-dscp");
    assertThat(mangleHooks.desired).containsOnlyKeys("POSTROUTING");
    assertThat(rules(mangle, "cali-egress-dscp")).isEqualTo(2);
    assertThat(sets.desired.get("dscp-src-net")).hasSize(2);

    absorb("a", null);
    assertThat(rules(mangle, "cali-egress-dscp")).isOne();
    assertThat(sets.desired.get("dscp-src-net")).hasSize(1);

    absorb("b", marking("cali2", "10.0.0.2", -1));
    assertThat(mangle.desired).isEmpty();
    assertThat(mangleHooks.desired).isEmpty();
    assertThat(sets.desired).isEmpty();
  }

  @Test
  void hostEndpointsMarkWhatComesFromTheirAddresses() {
    var addresses = List.of(Ip.parse("192.0.2.1"), Ip.parse("2001:db8::1"));
    dscp.absorb(
        cluster.host("h", new ActiveHost("eth0", addresses, Policies.NONE, List.of(), 10)).take());
    assertThat(rules(mangle, "cali-egress-dscp")).isOne();
    dscp.absorb(cluster.host("h", null).take());
    assertThat(mangle.desired).isEmpty();
  }

  @Test
  void whatDoesNotMatterRendersNothing() {
    absorb("a", asking("cali1", "10.0.0.1", "203.0.113.1", List.of("10.9.0.0/16"), 46));
    nat.timesSet.clear();
    raw.timesSet.clear();
    mangle.timesSet.clear();
    absorb("b", workload("cali2", "calico", "web", "10.0.0.2/32"));
    assertThat(nat.timesSet).isEmpty();
    assertThat(raw.timesSet).isEmpty();
    assertThat(mangle.timesSet).isEmpty();
  }
}
