package felix.calc;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.ActiveHost;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.ClusterRoute;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.MemberChanges;
import felix.delta.NetworkDelta;
import felix.delta.Vtep;
import felix.model.Cidr;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpointKey;
import felix.model.IpPool;
import felix.model.Node;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.WorkloadEndpointKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a dataplane has been told, added up. Refuses what contradicts what it was told before.
 */
final class DataplaneState {
  final Map<IpSetId, IpSetType> ipSets = new HashMap<>();
  final Map<IpSetId, Set<IpSetMember>> members = new HashMap<>();
  final Map<PolicyKey, ActivePolicy> policies = new HashMap<>();
  final Map<String, ActiveRules> profiles = new HashMap<>();
  final Map<WorkloadEndpointKey, ActiveWorkload> workloads = new HashMap<>();
  final Map<HostEndpointKey, ActiveHost> hosts = new HashMap<>();
  final Map<ProfileLabelsKey, ProfileLabels> profileLabels = new HashMap<>();
  final Map<FelixConfigurationKey, FelixConfiguration> configurations = new HashMap<>();
  final Map<Cidr, IpPool> pools = new HashMap<>();
  final Map<String, Node> nodes = new HashMap<>();
  final Map<String, Vtep> vteps = new HashMap<>();
  final Map<Cidr, ClusterRoute> routes = new HashMap<>();
  List<Cidr> serviceNetworks = List.of();
  Encapsulations encapsulations = Encapsulations.NONE;
  boolean datastoreReady;

  void apply(DataplaneDelta delta) {
    apply(delta.local().ipSets(), ipSets);
    apply(delta.local().members());
    apply(delta.local().policies(), policies);
    apply(delta.local().profiles(), profiles);
    apply(delta.local().workloads(), workloads);
    apply(delta.local().hosts(), hosts);
    apply(delta.local().profileLabels(), profileLabels);
    apply(delta.local().configurations(), configurations);
    apply(delta.network());
    datastoreReady = delta.datastoreReady();
    assertThat(members.keySet()).as("sets with members").isSubsetOf(ipSets.keySet());
  }

  private void apply(NetworkDelta network) {
    encapsulations = network.encapsulations();
    serviceNetworks = network.serviceNetworks();
    apply(network.pools(), pools);
    apply(network.nodes(), nodes);
    apply(network.vteps(), vteps);
    apply(network.routes(), routes);
  }

  private static <K, V> void apply(Changes<K, V> changes, Map<K, V> state) {
    for (var change : changes) {
      assertThat(state.get(change.key())).as("before of %s", change).isEqualTo(change.before());
      assertThat(change.after()).as("after of %s", change).isNotEqualTo(change.before());
    }
    changes.applyTo(state);
  }

  private void apply(MemberChanges changes) {
    for (var entry : changes.all()) {
      Set<IpSetMember> held = members.computeIfAbsent(entry.getKey(), set -> new HashSet<>());
      for (IpSetMember member : entry.getValue().removed()) {
        assertThat(held.remove(member)).as("%s removed from %s", member, entry.getKey()).isTrue();
      }
      for (IpSetMember member : entry.getValue().added()) {
        assertThat(held.add(member)).as("%s added to %s", member, entry.getKey()).isTrue();
      }
      if (held.isEmpty()) {
        members.remove(entry.getKey());
      }
    }
  }

  /** Compares part by part, so that a failure names the part. */
  void assertEquals(DataplaneState expected) {
    assertThat(workloads).as("workloads").isEqualTo(expected.workloads);
    assertThat(hosts).as("host endpoints").isEqualTo(expected.hosts);
    assertThat(policies).as("policies").isEqualTo(expected.policies);
    assertThat(profiles).as("profiles").isEqualTo(expected.profiles);
    assertThat(ipSets).as("IP sets").isEqualTo(expected.ipSets);
    assertThat(members).as("members").isEqualTo(expected.members);
    assertThat(profileLabels).as("labels of profiles").isEqualTo(expected.profileLabels);
    assertThat(serviceNetworks).as("networks of services").isEqualTo(expected.serviceNetworks);
    assertThat(configurations).as("configurations").isEqualTo(expected.configurations);
    assertThat(encapsulations).as("encapsulations").isEqualTo(expected.encapsulations);
    assertThat(pools).as("pools").isEqualTo(expected.pools);
    assertThat(nodes).as("nodes").isEqualTo(expected.nodes);
    assertThat(vteps).as("tunnel ends").isEqualTo(expected.vteps);
    assertThat(routes).as("routes").isEqualTo(expected.routes);
    assertThat(datastoreReady).as("datastore ready").isEqualTo(expected.datastoreReady);
  }
}
