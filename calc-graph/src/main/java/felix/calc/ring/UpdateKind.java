package felix.calc.ring;

import felix.model.BgpConfigurationKey;
import felix.model.ClusterInformationKey;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpointKey;
import felix.model.IpPoolKey;
import felix.model.IpamBlockKey;
import felix.model.NetworkSetKey;
import felix.model.NodeKey;
import felix.model.PolicyKey;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.ResourceKey;
import felix.model.TierKey;
import felix.model.WorkloadEndpointKey;

/**
 * The kinds of datastore updates, by the names of Felix's key types. Those that this agent does not
 * read are counted as zero.
 */
public enum UpdateKind {
  BLOCK("BlockKey"),
  GLOBAL_CONFIG("GlobalConfigKey"),
  HOST_CONFIG("HostConfigKey"),
  HOST_ENDPOINT("HostEndpointKey"),
  HOST_IP("HostIPKey"),
  IP_POOL("IPPoolKey"),
  NETWORK_SET("NetworkSetKey"),
  POLICY("PolicyKey"),
  PROFILE_LABELS("ProfileLabelsKey"),
  PROFILE_RULES("ProfileRulesKey"),
  PROFILE_TAGS("ProfileTagsKey"),
  READY_FLAG("ReadyFlagKey"),
  RESOURCE("ResourceKey"),
  TIER("TierKey"),
  WORKLOAD_ENDPOINT("WorkloadEndpointKey");

  private final String felixName;

  UpdateKind(String felixName) {
    this.felixName = felixName;
  }

  public String felixName() {
    return felixName;
  }

  /** A node counts as what Felix takes from it first, the host's address. */
  static UpdateKind of(ResourceKey key) {
    return switch (key) {
      case WorkloadEndpointKey k -> WORKLOAD_ENDPOINT;
      case HostEndpointKey k -> HOST_ENDPOINT;
      case PolicyKey k -> POLICY;
      case TierKey k -> TIER;
      case ProfileRulesKey k -> PROFILE_RULES;
      case ProfileLabelsKey k -> PROFILE_LABELS;
      case NetworkSetKey k -> NETWORK_SET;
      case IpPoolKey k -> IP_POOL;
      case IpamBlockKey k -> BLOCK;
      case NodeKey k -> HOST_IP;
      case BgpConfigurationKey k -> RESOURCE;
      case FelixConfigurationKey k -> k.name().equals("default") ? GLOBAL_CONFIG : HOST_CONFIG;
      case ClusterInformationKey k -> READY_FLAG;
    };
  }
}
