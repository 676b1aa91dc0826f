package felix.calc;

import felix.model.Cidr;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.ProfileRulesKey;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import java.util.List;
import java.util.Map;

/**
 * The cluster's resources as they are now, to be read by the stages, so that none needs a copy. For
 * the thread of the calculation graph only.
 */
public interface Resources {
  Map<WorkloadEndpointKey, WorkloadEndpoint> endpoints();

  Map<HostEndpointKey, HostEndpoint> hostEndpoints();

  Map<IpPoolKey, IpPool> pools();

  Map<NodeKey, Node> nodes();

  Map<PolicyKey, Policy> policies();

  Map<TierKey, Tier> tiers();

  Map<ProfileRulesKey, Rules> profileRules();

  /** Addresses of services, sorted. */
  List<Cidr> serviceNetworks();

  /** Up to which the datastore's changes are in here. */
  long revision();

  /** What ClusterInformation says; false where there is none. */
  boolean datastoreReady();
}
