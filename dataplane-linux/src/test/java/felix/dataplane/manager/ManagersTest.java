package felix.dataplane.manager;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.denyAll;
import static felix.dataplane.DeltaBuilder.workload;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.manager.WorkloadNetworks.Wishes;
import felix.dataplane.neigh.NeighbourKey;
import felix.dataplane.route.Route;
import felix.dataplane.route.Route.RouteId;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.EndpointChains;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import felix.dataplane.sysctl.InterfaceSysctl;
import felix.delta.ActiveWorkload;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import felix.model.WorkloadExtras;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManagersTest {
  private static final RuleSettings SETTINGS = RuleSettings.defaults();
  private static final Ip SOURCE = Ip.parse("192.168.0.1");

  private final RecordingDesired<String, Chain> filter = new RecordingDesired<>();
  private final RecordingDesired<RouteId, Route> routes = new RecordingDesired<>();
  private final RecordingDesired<NeighbourKey, MacAddress> neighbours = new RecordingDesired<>();
  private final RecordingDesired<String, Map<InterfaceSysctl, String>> sysctls =
      new RecordingDesired<>();
  private final Manager policies =
      new PolicyManager(new PolicyChains(SETTINGS, IpVersion.V4), Map.of(Table.FILTER, filter));
  private final Manager endpoints =
      new EndpointManager(
          List.of(
              new WorkloadChains(new EndpointChains(SETTINGS), filter),
              new WorkloadNetworks(
                  IpVersion.V4,
                  new WorkloadNetworks.Look(SOURCE, true, null),
                  name -> name.startsWith("cali"),
                  new Wishes(routes, neighbours, sysctls))));
  private final DeltaBuilder cluster = new DeltaBuilder();

  private void absorb() {
    var delta = cluster.take();
    policies.absorb(delta);
    endpoints.absorb(delta);
  }

  private Map<String, Chain> chains() {
    return filter.desired;
  }

  private Chain chain(String name) {
    return Objects.requireNonNull(filter.desired.get(name), name);
  }

  @Test
  void unknownInterfacesAreDroppedBeforeAnyEndpointIsKnown() {
    assertThat(chains()).containsOnlyKeys("cali-from-wl-dispatch", "cali-to-wl-dispatch");
    assertThat(chains().values()).allMatch(chain -> chain.rules().size() == 1);
  }

  @Test
  void policiesProfilesAndEndpointsHaveTwoChainsEach() {
    cluster
        .policy("web", allowAll())
        .profile("calico", denyAll())
        .workload("a", workload("cali1", "calico", "web", "10.0.0.1"));
    absorb();
    assertThat(chains().keySet().stream().filter(name -> !name.matches("cali-[tf]e-.*")))
        .containsExactlyInAnyOrder(
            "cali-from-wl-dispatch",
            "cali-fw-cali1",
            "cali-pi-web",
            "cali-po-web",
            "cali-pri-calico",
            "cali-pro-calico",
            "cali-to-wl-dispatch",
            "cali-tw-cali1");
  }

  @Test
  void whatGoesLeavesNothing() {
    cluster
        .policy("web", allowAll())
        .profile("calico", denyAll())
        .workload("a", workload("cali11", "calico", "web", "10.0.0.1"))
        .workload("b", workload("cali12", "calico", "web", "10.0.0.2"))
        .workload("c", workload("cali21", "calico", "web", "10.0.0.3"));
    absorb();
    assertThat(chains()).containsKey("cali-from-wl-dispatch-1");
    cluster
        .policy("web", null)
        .profile("calico", null)
        .workload("a", null)
        .workload("b", null)
        .workload("c", null);
    absorb();
    assertThat(chains()).containsOnlyKeys("cali-from-wl-dispatch", "cali-to-wl-dispatch");
  }

  @Test
  void onlyWhatChangedIsRendered() {
    cluster
        .policy("web", allowAll())
        .policy("db", allowAll())
        .profile("calico", denyAll())
        .workload("a", workload("cali1", "calico", "web", "10.0.0.1"))
        .workload("b", workload("cali2", "calico", "db", "10.0.0.2"));
    absorb();
    filter.timesSet.clear();
    cluster.policy("web", denyAll());
    absorb();
    assertThat(filter.timesSet).containsOnlyKeys("cali-pi-web", "cali-po-web");

    filter.timesSet.clear();
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1"));
    absorb();
    assertThat(filter.timesSet).containsOnlyKeys("cali-fw-cali1", "cali-tw-cali1");

    filter.timesSet.clear();
    cluster.workload("c", workload("cali3", "calico", "db", "10.0.0.3"));
    absorb();
    assertThat(filter.timesSet.keySet())
        .as("db's other endpoint shares with the new one from now on")
        .filteredOn(name -> name.matches("cali-[tf][wg]-.*"))
        .hasSize(6)
        .doesNotContain("cali-fw-cali1", "cali-tw-cali1");
  }

  @Test
  void twoEndpointsWithOneInterface() {
    cluster.workload("b", workload("cali1", "of-b", null, "10.0.0.2"));
    absorb();
    Chain ofB = chain("cali-tw-cali1");
    cluster.workload("a", workload("cali1", "of-a", null, "10.0.0.1"));
    absorb();
    Chain ofA = chain("cali-tw-cali1");
    assertThat(ofA).as("the lower key wins").isNotEqualTo(ofB);

    cluster.workload("b", workload("cali1", "of-b-changed", null, "10.0.0.2"));
    absorb();
    assertThat(chain("cali-tw-cali1")).as("the other one is in its shadow").isEqualTo(ofA);

    cluster.workload("a", workload("cali2", "of-a", null, "10.0.0.1"));
    cluster.workload("b", workload("cali1", "of-b", null, "10.0.0.2"));
    absorb();
    assertThat(chain("cali-tw-cali1")).as("until the first one leaves").isEqualTo(ofB);
    assertThat(chains()).containsKey("cali-tw-cali2");
  }

  @Test
  void twoEndpointsSwapTheirInterfacesInOneDelta() {
    cluster
        .workload("a", workload("cali1", "of-a", null, "10.0.0.1"))
        .workload("b", workload("cali2", "of-b", null, "10.0.0.2"));
    absorb();
    var before = chain("cali-tw-cali1");
    cluster
        .workload("a", workload("cali2", "of-a", null, "10.0.0.1"))
        .workload("b", workload("cali1", "of-b", null, "10.0.0.2"));
    absorb();
    assertThat(chain("cali-tw-cali1")).isNotEqualTo(before);
    assertThat(chain("cali-tw-cali2").rules().toString()).contains("cali-pri-of-a");
  }

  private static Route route(String cidr, String interfaceName) {
    return Route.onLink(Cidr.parse(cidr), interfaceName, SOURCE);
  }

  @Test
  void aWorkloadHasRoutesAndNeighboursOfItsFamilyOnly() {
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1/32", "fd00::1/128"));
    absorb();
    assertThat(routes.desired.values()).containsExactly(route("10.0.0.1", "cali1"));
    assertThat(neighbours.desired)
        .containsOnlyKeys(new NeighbourKey("cali1", Ip.parse("10.0.0.1")));
    assertThat(sysctls.desired)
        .containsExactly(Map.entry("cali1", InterfaceSysctl.forWorkloads(IpVersion.V4)));
  }

  @Test
  void aWorkloadOfTheOtherFamilyHasChainsAndSysctlsButNoRoutes() {
    cluster.workload("a", workload("cali1", "calico", null, "fd00::1/128"));
    absorb();
    assertThat(chains()).containsKey("cali-tw-cali1");
    assertThat(sysctls.desired).containsOnlyKeys("cali1");
    assertThat(routes.desired).isEmpty();
    assertThat(neighbours.desired).isEmpty();
  }

  @Test
  void withoutMacThereIsNoNeighbour() {
    ActiveWorkload with = workload("cali1", "calico", null, "10.0.0.1/32");
    cluster.workload("a", with);
    absorb();
    cluster.workload(
        "a",
        new ActiveWorkload(
            "cali1", with.networks(), null, with.tiers(), with.profiles(), WorkloadExtras.NONE));
    absorb();
    assertThat(neighbours.desired).isEmpty();
    assertThat(routes.desired).hasSize(1);
  }

  @Test
  void aRouteThatStaysIsNotTouched() {
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1/32", "10.0.0.2/32"));
    absorb();
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.2/32", "10.0.0.3/32"));
    absorb();
    assertThat(routes.desired.values())
        .containsExactlyInAnyOrder(route("10.0.0.2", "cali1"), route("10.0.0.3", "cali1"));
  }

  @Test
  void anAddressMovesFromOneInterfaceToAnotherInOneDelta() {
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    absorb();
    cluster.workload("a", null);
    cluster.workload("b", workload("cali2", "calico", null, "10.0.0.1/32"));
    absorb();
    assertThat(routes.desired.values()).containsExactly(route("10.0.0.1", "cali2"));
    assertThat(sysctls.desired).containsOnlyKeys("cali2");
  }

  @Test
  void whoHasTheInterfaceHasTheRoutes() {
    cluster.workload("b", workload("cali1", "calico", null, "10.0.0.2/32"));
    absorb();
    cluster.workload("a", workload("cali1", "calico", null, "10.0.0.1/32"));
    absorb();
    assertThat(routes.desired.values()).containsExactly(route("10.0.0.1", "cali1"));
    cluster.workload("a", null);
    absorb();
    assertThat(routes.desired.values()).containsExactly(route("10.0.0.2", "cali1"));
  }
}
