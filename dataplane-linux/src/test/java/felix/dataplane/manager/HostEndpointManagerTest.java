package felix.dataplane.manager;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.policyKey;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.HostEndpointChains;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import felix.delta.ActiveHost;
import felix.delta.TierPolicies;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PolicyStage;
import felix.model.RuleAction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostEndpointManagerTest {
  private static final String ANY = "any-interface-at-all";
  private static final String ANY_FORWARD = "_Nqh4HyA73udmyanQI";

  private final Tables tables = new Tables();
  private final DeltaBuilder cluster = new DeltaBuilder();

  /** The managers, and what they desire of each table. */
  private static final class Tables {
    final Map<Table, RecordingDesired<String, Chain>> desired = new EnumMap<>(Table.class);
    final PolicyManager policies;
    final HostEndpointManager hosts;

    Tables() {
      for (var table : Table.values()) {
        desired.put(table, new RecordingDesired<>());
      }
      policies =
          new PolicyManager(
              new PolicyChains(RuleSettings.defaults(), IpVersion.V4), Map.copyOf(desired));
      var renderer = new HostEndpointChains(RuleSettings.defaults());
      hosts =
          new HostEndpointManager(
              RuleSettings.defaults()::isHost,
              desired.entrySet().stream()
                  .map(table -> new HostChains(table.getKey(), renderer, table.getValue()))
                  .toList());
    }

    Map<String, Chain> of(Table table) {
      return Objects.requireNonNull(desired.get(table)).desired;
    }

    /** All chains of all tables. */
    Map<Table, Map<String, Chain>> all() {
      var all = new EnumMap<Table, Map<String, Chain>>(Table.class);
      desired.forEach((table, chains) -> all.put(table, new TreeMap<>(chains.desired)));
      return all;
    }
  }

  private void absorb() {
    var delta = cluster.take();
    tables.policies.absorb(delta);
    tables.hosts.absorb(delta);
  }

  private void up(String name, String... addresses) {
    tables.hosts.onInterface(interfaceWith(name, addresses));
  }

  private void gone(String name) {
    tables.hosts.onInterface(new InterfaceChange(name, 0, false, false, 0, Set.of()));
  }

  private static InterfaceChange interfaceWith(String name, String... addresses) {
    var ips = Stream.of(addresses).map(Ip::parse).collect(Collectors.toSet());
    return new InterfaceChange(name, 1, true, true, 1500, ips);
  }

  /** With a profile of its own, by which it is known. */
  private static ActiveHost host(@Nullable String interfaceName, String profile, String... ips) {
    return new ActiveHost(
        interfaceName,
        Stream.of(ips).map(Ip::parse).toList(),
        ActiveHost.Policies.NONE,
        List.of(profile),
        null);
  }

  /** Asks a policy, of whatever stage, for both directions. */
  private static ActiveHost asking(String policy) {
    var policies = new ActiveHost.Policies(List.of(), List.of(), List.of(), tier(policy));
    return new ActiveHost("eth0", List.of(), policies, List.of(), null);
  }

  /** With a policy of each stage. */
  private static ActiveHost policed(String interfaceName) {
    return new ActiveHost(
        interfaceName,
        List.of(),
        new ActiveHost.Policies(tier("u"), tier("p"), tier("t"), tier("t")),
        List.of(),
        null);
  }

  private static List<TierPolicies> tier(String policy) {
    var keys = List.of(policyKey(policy));
    return List.of(new TierPolicies("default", RuleAction.DENY, keys, keys));
  }

  /** The profile of whoever has the interface; null if nobody has. */
  private @Nullable String owner(String interfaceName) {
    Chain chain = tables.of(Table.FILTER).get("cali-fh-" + interfaceName);
    if (chain == null) {
      return null;
    }
    String rules = chain.rules().toString();
    int at = rules.indexOf("cali-pri-") + "cali-pri-".length();
    return rules.substring(at, rules.indexOf(']', at));
  }

  @Test
  void theRootsAreThereBeforeAnyEndpoint() {
    assertThat(tables.of(Table.RAW))
        .containsOnlyKeys("cali-from-host-endpoint", "cali-to-host-endpoint");
    assertThat(tables.of(Table.MANGLE)).containsOnlyKeys("cali-from-host-endpoint");
    assertThat(tables.of(Table.NAT)).isEmpty();
    assertThat(tables.of(Table.FILTER))
        .containsOnlyKeys(
            "cali-from-host-endpoint",
            "cali-to-host-endpoint",
            "cali-from-hep-forward",
            "cali-to-hep-forward");
  }

  @Test
  void chainsAreInTheTablesThatPoliciesNeed() {
    up("eth0");
    up("eth1");
    cluster.host("a", policed("eth0")).host("b", host("eth1", "p"));
    absorb();
    assertThat(tables.of(Table.RAW)).containsKeys("cali-fh-eth0", "cali-th-eth0");
    assertThat(tables.of(Table.RAW)).doesNotContainKeys("cali-fh-eth1", "cali-th-eth1");
    assertThat(tables.of(Table.MANGLE)).containsKey("cali-fh-eth0");
    assertThat(tables.of(Table.MANGLE)).doesNotContainKeys("cali-th-eth0", "cali-fh-eth1");
    assertThat(tables.of(Table.FILTER))
        .containsKeys("cali-fh-eth0", "cali-th-eth0", "cali-fhfw-eth0", "cali-thfw-eth0")
        .containsKeys("cali-fh-eth1", "cali-th-eth1", "cali-fhfw-eth1", "cali-thfw-eth1");
  }

  @Test
  void theEndpointOfAllInterfacesNeedsNoneAndIsNeverInTheRawTable() {
    cluster.host("all", policed("*"));
    absorb();
    assertThat(tables.of(Table.RAW))
        .containsOnlyKeys("cali-from-host-endpoint", "cali-to-host-endpoint");
    assertThat(tables.of(Table.MANGLE)).containsKey("cali-fh-" + ANY);
    assertThat(tables.of(Table.FILTER))
        .containsKeys(
            "cali-fh-" + ANY,
            "cali-th-" + ANY,
            "cali-fhfw-" + ANY_FORWARD,
            "cali-thfw-" + ANY_FORWARD);
  }

  @Test
  void ofSeveralEndpointsTheOneWithTheLowestNameHasTheInterface() {
    up("eth0", "192.0.2.1");
    cluster.host("b", host("eth0", "of-b"));
    absorb();
    assertThat(owner("eth0")).isEqualTo("of-b");
    cluster.host("a", host(null, "of-a", "192.0.2.1")).host("c", host("eth0", "of-c"));
    absorb();
    assertThat(owner("eth0")).isEqualTo("of-a");
    cluster.host("a", null);
    absorb();
    assertThat(owner("eth0")).isEqualTo("of-b");
    cluster.host("all-b", host("*", "all-b")).host("all-a", host("*", "all-a"));
    absorb();
    assertThat(owner(ANY)).isEqualTo("all-a");
  }

  @Test
  void anEndpointWithAnInterfaceHasNoOtherByAddress() {
    up("eth0", "192.0.2.1");
    cluster.host("a", host("eth1", "of-a", "192.0.2.1"));
    cluster.host("b", host("*", "of-b", "192.0.2.1"));
    absorb();
    assertThat(owner("eth0")).isNull();
  }

  @Test
  void anAddressOfEitherFamilyFindsTheInterface() {
    up("eth0", "192.0.2.1", "fe80::1");
    up("eth1", "2001:db8::1");
    up("eth2", "192.0.2.3");
    cluster.host("a", host(null, "of-a", "192.0.2.1", "2001:db8::1"));
    absorb();
    assertThat(owner("eth0")).isEqualTo("of-a");
    assertThat(owner("eth1")).isEqualTo("of-a");
    assertThat(owner("eth2")).isNull();
  }

  @Test
  void anEndpointFollowsItsAddressAndItsInterface() {
    cluster.host("a", host(null, "of-a", "192.0.2.1")).host("b", host("eth1", "of-b"));
    absorb();
    up("eth0", "192.0.2.1");
    assertThat(owner("eth0")).isEqualTo("of-a");
    up("eth0");
    assertThat(owner("eth0")).isNull();
    up("eth1", "192.0.2.1");
    assertThat(owner("eth1")).as("the lower name").isEqualTo("of-a");
    up("eth1");
    assertThat(owner("eth1")).isEqualTo("of-b");
    gone("eth1");
    assertThat(owner("eth1")).isNull();
  }

  @Test
  void anInterfaceThatIsDownIsProtectedBeforeItComesUp() {
    cluster.host("a", host("eth0", "of-a"));
    absorb();
    tables.hosts.onInterface(new InterfaceChange("eth0", 1, true, false, 1500, Set.of()));
    assertThat(owner("eth0")).isEqualTo("of-a");
  }

  @Test
  void workloadsInterfacesAndOddNamesNeverHaveAHostEndpoint() {
    cluster
        .host("a", host("cali1", "of-a"))
        .host("b", host(null, "of-b", "192.0.2.1"))
        .host("c", host("e+", "of-c"));
    absorb();
    var before = tables.all();
    up("cali1", "192.0.2.1");
    up("a\"b", "192.0.2.1");
    up("e+", "192.0.2.1");
    assertThat(tables.all()).isEqualTo(before);
  }

  @Test
  void whatGoesLeavesNothing() {
    var empty = tables.all();
    for (String name : List.of("eth0", "eth1", "ens3")) {
      up(name, "192.0.2.1");
    }
    cluster
        .policy("u", PolicyStage.UNTRACKED, allowAll())
        .policy("p", PolicyStage.PRE_DNAT, allowAll())
        .policy("t", allowAll())
        .host("a", policed("eth0"))
        .host("b", policed("eth1"))
        .host("c", policed("ens3"))
        .host("d", policed("*"));
    absorb();
    assertThat(tables.of(Table.RAW)).containsKey("cali-from-host-endpoint-t");
    cluster.host("a", null).host("b", null).host("c", null).host("d", null);
    cluster.policy("u", null).policy("p", null).policy("t", null);
    absorb();
    assertThat(tables.all()).isEqualTo(empty);
  }

  @Test
  void aPolicyIsWhereItsStageDecides() {
    cluster.policy("x", allowAll()).host("asks", asking("x"));
    absorb();
    assertThat(tables.of(Table.FILTER)).containsKeys("cali-pi-x", "cali-po-x");
    cluster.policy("x", PolicyStage.UNTRACKED, allowAll());
    absorb();
    assertThat(tables.of(Table.FILTER)).doesNotContainKeys("cali-pi-x", "cali-po-x");
    assertThat(tables.of(Table.RAW)).containsKeys("cali-pi-x", "cali-po-x");
    cluster.policy("x", PolicyStage.PRE_DNAT, allowAll());
    absorb();
    assertThat(tables.of(Table.RAW)).doesNotContainKeys("cali-pi-x", "cali-po-x");
    assertThat(tables.of(Table.MANGLE)).containsKeys("cali-pi-x", "cali-po-x");
    cluster.policy("x", null);
    absorb();
    assertThat(tables.of(Table.MANGLE)).doesNotContainKeys("cali-pi-x", "cali-po-x");
  }

  @Test
  void onlyWhatChangedIsRendered() {
    up("eth0");
    up("eth1");
    cluster.host("a", policed("eth0")).host("b", policed("eth1"));
    absorb();
    tables.desired.values().forEach(chains -> chains.timesSet.clear());
    up("eth0", "192.0.2.1");
    cluster.host("b", host("eth1", "p"));
    absorb();
    assertThat(Objects.requireNonNull(tables.desired.get(Table.FILTER)).timesSet)
        .containsOnlyKeys("cali-fh-eth1", "cali-th-eth1", "cali-fhfw-eth1", "cali-thfw-eth1");
    assertThat(Objects.requireNonNull(tables.desired.get(Table.RAW)).timesSet)
        .as("where eth1 has no chains any more")
        .containsOnlyKeys("cali-from-host-endpoint", "cali-to-host-endpoint");
  }

  /** However it came about, what is desired is what a new process would desire. */
  @Test
  void historyDoesNotMatter() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var history = new HostEndpointManagerTest();
      var interfaces = new TreeMap<String, InterfaceChange>();
      for (int step = random.nextInt(40); step > 0; step--) {
        history.step(random, interfaces);
      }
      history.absorb();
      var fresh = new Tables();
      var changes = new ArrayList<>(interfaces.values());
      changes.forEach(fresh.hosts::onInterface);
      var snapshot = history.cluster.snapshot();
      fresh.policies.absorb(snapshot);
      fresh.hosts.absorb(snapshot);
      assertThat(history.tables.all()).as("seed %d", seed).isEqualTo(fresh.all());
    }
  }

  private void step(Random random, Map<String, InterfaceChange> interfaces) {
    var names = List.of("eth0", "eth1", "e", "cali1");
    var addresses = List.of("192.0.2.1", "192.0.2.2", "2001:db8::1");
    String name = names.get(random.nextInt(names.size()));
    String address = addresses.get(random.nextInt(addresses.size()));
    switch (random.nextInt(6)) {
      case 0 -> {
        interfaces.put(name, interfaceWith(name, address));
        up(name, address);
      }
      case 1 -> {
        interfaces.remove(name);
        gone(name);
      }
      case 2 -> cluster.host("" + random.nextInt(4), null);
      case 3 -> cluster.host("" + random.nextInt(4), host(null, "by-address", address));
      case 4 -> cluster.host("" + random.nextInt(4), policed(random.nextBoolean() ? name : "*"));
      default -> absorb();
    }
  }
}
