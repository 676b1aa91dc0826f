package felix.calc;

import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
import felix.model.Cidr;
import felix.model.ClusterInformation;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.NetworkSet;
import felix.model.NetworkSetKey;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All resources of the cluster. Turns what the datastore now holds into what has changed: a value
 * that is written again unchanged is no change. One thread.
 */
public final class ResourceStore implements Resources {
  private final ResourceTable<WorkloadEndpointKey, WorkloadEndpoint> endpoints =
      new ResourceTable<>();
  private final ResourceTable<HostEndpointKey, HostEndpoint> hostEndpoints = new ResourceTable<>();
  private final ResourceTable<NetworkSetKey, NetworkSet> networkSets = new ResourceTable<>();
  private final ResourceTable<IpPoolKey, IpPool> pools = new ResourceTable<>();
  private final ResourceTable<IpamBlockKey, IpamBlock> blocks = new ResourceTable<>();
  private final ResourceTable<NodeKey, Node> nodes = new ResourceTable<>();
  private final ResourceTable<BgpConfigurationKey, BgpConfiguration> bgpConfigurations =
      new ResourceTable<>();
  private final ResourceTable<PolicyKey, Policy> policies = new ResourceTable<>();
  private final ResourceTable<TierKey, Tier> tiers = new ResourceTable<>();
  private final ResourceTable<ProfileRulesKey, Rules> profileRules = new ResourceTable<>();
  private final ResourceTable<ProfileLabelsKey, ProfileLabels> profileLabels =
      new ResourceTable<>();
  private final ResourceTable<FelixConfigurationKey, FelixConfiguration> configurations =
      new ResourceTable<>();
  private final ResourceTable<ClusterInformationKey, ClusterInformation> clusterInformation =
      new ResourceTable<>();

  private long revision;

  /**
   * So the first snapshot, which is the largest batch of all, need not be searched for what left.
   */
  private boolean untouched = true;

  /** Takes over updates; the last of several of one key counts. */
  public ResourceChanges apply(long revision, List<ResourceUpdate> updates) {
    untouched = false;
    this.revision = revision;
    var changes = ResourceChanges.none();
    for (ResourceUpdate update : updates) {
      put(update, changes);
    }
    return changes;
  }

  /** Takes over all that the datastore holds: what is not in the list is gone. */
  public ResourceChanges replaceAll(long revision, List<ResourceUpdate> snapshot) {
    boolean nothingToDrop = untouched;
    ResourceChanges changes = apply(revision, snapshot);
    if (nothingToDrop) {
      return changes;
    }
    var held = HashSet.<ResourceKey>newHashSet(snapshot.size());
    for (ResourceUpdate update : snapshot) {
      held.add(update.key());
    }
    retain(held, changes);
    return changes;
  }

  @Override
  public Map<WorkloadEndpointKey, WorkloadEndpoint> endpoints() {
    return endpoints.view();
  }

  @Override
  public Map<HostEndpointKey, HostEndpoint> hostEndpoints() {
    return hostEndpoints.view();
  }

  @Override
  public Map<IpPoolKey, IpPool> pools() {
    return pools.view();
  }

  @Override
  public Map<NodeKey, Node> nodes() {
    return nodes.view();
  }

  @Override
  public Map<PolicyKey, Policy> policies() {
    return policies.view();
  }

  @Override
  public Map<TierKey, Tier> tiers() {
    return tiers.view();
  }

  @Override
  public Map<ProfileRulesKey, Rules> profileRules() {
    return profileRules.view();
  }

  @Override
  public List<Cidr> serviceNetworks() {
    BgpConfiguration bgp = bgpConfigurations.view().get(new BgpConfigurationKey());
    return bgp == null ? List.of() : bgp.serviceNetworks().stream().distinct().sorted().toList();
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public boolean datastoreReady() {
    ClusterInformation cluster = clusterInformation.view().get(new ClusterInformationKey());
    return cluster != null && cluster.datastoreReady();
  }

  private void put(ResourceUpdate update, ResourceChanges to) {
    var value = update.value();
    switch (update.key()) {
      case WorkloadEndpointKey key -> endpoints.put(key, (WorkloadEndpoint) value, to.endpoints());
      case HostEndpointKey key -> hostEndpoints.put(key, (HostEndpoint) value, to.hostEndpoints());
      case NetworkSetKey key -> networkSets.put(key, (NetworkSet) value, to.networkSets());
      case IpPoolKey key -> pools.put(key, (IpPool) value, to.pools());
      case IpamBlockKey key -> blocks.put(key, (IpamBlock) value, to.blocks());
      case NodeKey key -> nodes.put(key, (Node) value, to.nodes());
      case BgpConfigurationKey key ->
          bgpConfigurations.put(key, (BgpConfiguration) value, to.bgpConfigurations());
      case PolicyKey key -> policies.put(key, (Policy) value, to.policies());
      case TierKey key -> tiers.put(key, (Tier) value, to.tiers());
      case ProfileRulesKey key -> profileRules.put(key, (Rules) value, to.profileRules());
      case ProfileLabelsKey key ->
          profileLabels.put(key, (ProfileLabels) value, to.profileLabels());
      case FelixConfigurationKey key ->
          configurations.put(key, (FelixConfiguration) value, to.configurations());
      case ClusterInformationKey key ->
          clusterInformation.put(key, (ClusterInformation) value, to.clusterInformation());
    }
  }

  private void retain(Set<ResourceKey> keys, ResourceChanges to) {
    endpoints.retain(keys, to.endpoints());
    hostEndpoints.retain(keys, to.hostEndpoints());
    networkSets.retain(keys, to.networkSets());
    pools.retain(keys, to.pools());
    blocks.retain(keys, to.blocks());
    nodes.retain(keys, to.nodes());
    bgpConfigurations.retain(keys, to.bgpConfigurations());
    policies.retain(keys, to.policies());
    tiers.retain(keys, to.tiers());
    profileRules.retain(keys, to.profileRules());
    profileLabels.retain(keys, to.profileLabels());
    configurations.retain(keys, to.configurations());
    clusterInformation.retain(keys, to.clusterInformation());
  }
}
