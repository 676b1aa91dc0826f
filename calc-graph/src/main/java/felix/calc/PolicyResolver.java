package felix.calc;

import felix.delta.ActiveHost;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.TierPolicies;
import felix.model.Endpoint;
import felix.model.EndpointKey;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.PolicyKey;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives each local endpoint its policies in order. */
final class PolicyResolver {
  private final String hostname;
  private final Resources resources;
  private final PolicySorter sorter;
  private final Map<WorkloadEndpointKey, ActiveWorkload> workloads = new HashMap<>();
  private final Map<HostEndpointKey, ActiveHost> hosts = new HashMap<>();

  PolicyResolver(String hostname, Resources resources) {
    this.hostname = hostname;
    this.resources = resources;
    this.sorter = new PolicySorter(resources);
  }

  /** The local endpoints with their policies, as far as either changed. */
  record Resolved(
      Changes<WorkloadEndpointKey, ActiveWorkload> workloads,
      Changes<HostEndpointKey, ActiveHost> hosts) {}

  Resolved apply(
      Changes<EndpointKey, Endpoint> local, PolicyMatches matches, Changes<TierKey, Tier> tiers) {
    var dirty = new LinkedHashSet<>(local.keys());
    dirty.addAll(matches.endpoints());
    if (!tiers.isEmpty()) {
      dirty.addAll(workloads.keySet());
      dirty.addAll(hosts.keySet());
    }
    var batch = new Batch(matches.now());
    for (EndpointKey key : dirty) {
      switch (key) {
        case WorkloadEndpointKey workload -> batch.resolve(workload);
        case HostEndpointKey host -> batch.resolve(host);
      }
    }
    return batch.resolved;
  }

  /** Endpoints that the same selectors match have the same policies, and share them. */
  private final class Batch {
    final Resolved resolved = new Resolved(new Changes<>(), new Changes<>());
    private final PolicyMatches.Now now;
    private final Map<Set<String>, List<TierPolicies>> ofWorkloads = new HashMap<>();
    private final Map<Set<String>, ActiveHost.Policies> ofHosts = new HashMap<>();

    Batch(PolicyMatches.Now now) {
      this.now = now;
    }

    void resolve(WorkloadEndpointKey key) {
      WorkloadEndpoint endpoint = resources.endpoints().get(key);
      ActiveWorkload after = null;
      if (endpoint != null) {
        after =
            active(
                endpoint, ofWorkloads.computeIfAbsent(now.selectorsOf(key), this::workloadTiers));
      }
      resolved.workloads.record(key, replace(workloads, key, after), after);
    }

    void resolve(HostEndpointKey key) {
      HostEndpoint endpoint = resources.hostEndpoints().get(key);
      ActiveHost after = null;
      if (endpoint != null && endpoint.host().equals(hostname)) {
        after = active(endpoint, ofHosts.computeIfAbsent(now.selectorsOf(key), this::hostPolicies));
      }
      resolved.hosts.record(key, replace(hosts, key, after), after);
    }

    private List<TierPolicies> workloadTiers(Set<String> selectors) {
      return sorter.sort(policies(selectors), PolicyPlace.TRACKED);
    }

    private ActiveHost.Policies hostPolicies(Set<String> selectors) {
      var keys = policies(selectors);
      return new ActiveHost.Policies(
          sorter.sort(keys, PolicyPlace.UNTRACKED),
          sorter.sort(keys, PolicyPlace.PRE_DNAT),
          sorter.sort(keys, PolicyPlace.FORWARDED),
          sorter.sort(keys, PolicyPlace.TRACKED));
    }

    private List<PolicyKey> policies(Set<String> selectors) {
      var policies = new ArrayList<PolicyKey>();
      selectors.forEach(selector -> policies.addAll(now.policiesWith(selector)));
      return policies;
    }
  }

  private static ActiveWorkload active(WorkloadEndpoint endpoint, List<TierPolicies> tiers) {
    return new ActiveWorkload(
        endpoint.interfaceName(),
        endpoint.networks(),
        endpoint.mac(),
        tiers,
        endpoint.profiles(),
        endpoint.extras());
  }

  private static ActiveHost active(HostEndpoint endpoint, ActiveHost.Policies policies) {
    return new ActiveHost(
        endpoint.interfaceName(),
        endpoint.expectedIps(),
        policies,
        endpoint.profiles(),
        endpoint.dscp());
  }

  private static <K, V> @Nullable V replace(Map<K, V> map, K key, @Nullable V value) {
    return value == null ? map.remove(key) : map.put(key, value);
  }
}
