package felix.calc;

import felix.delta.Changes;
import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
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
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;

/**
 * The net changes of the cluster's resources, one part a kind.
 *
 * @param endpoints workloads of all hosts
 * @param hostEndpoints of all hosts
 */
public record ResourceChanges(
    Changes<WorkloadEndpointKey, WorkloadEndpoint> endpoints,
    Changes<HostEndpointKey, HostEndpoint> hostEndpoints,
    Changes<NetworkSetKey, NetworkSet> networkSets,
    Changes<IpPoolKey, IpPool> pools,
    Changes<IpamBlockKey, IpamBlock> blocks,
    Changes<NodeKey, Node> nodes,
    Changes<BgpConfigurationKey, BgpConfiguration> bgpConfigurations,
    Changes<PolicyKey, Policy> policies,
    Changes<TierKey, Tier> tiers,
    Changes<ProfileRulesKey, Rules> profileRules,
    Changes<ProfileLabelsKey, ProfileLabels> profileLabels,
    Changes<FelixConfigurationKey, FelixConfiguration> configurations,
    Changes<ClusterInformationKey, ClusterInformation> clusterInformation) {

  static ResourceChanges none() {
    return new ResourceChanges(
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>(),
        new Changes<>());
  }

  /** Takes later ones into these. */
  public void mergeLater(ResourceChanges later) {
    endpoints.mergeLater(later.endpoints);
    hostEndpoints.mergeLater(later.hostEndpoints);
    networkSets.mergeLater(later.networkSets);
    pools.mergeLater(later.pools);
    blocks.mergeLater(later.blocks);
    nodes.mergeLater(later.nodes);
    bgpConfigurations.mergeLater(later.bgpConfigurations);
    policies.mergeLater(later.policies);
    tiers.mergeLater(later.tiers);
    profileRules.mergeLater(later.profileRules);
    profileLabels.mergeLater(later.profileLabels);
    configurations.mergeLater(later.configurations);
    clusterInformation.mergeLater(later.clusterInformation);
  }
}
