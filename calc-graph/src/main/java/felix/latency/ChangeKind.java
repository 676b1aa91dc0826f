package felix.latency;

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
import java.util.Locale;

/** What somebody changed, by whether he waits for it. */
public enum ChangeKind {
  /** What endpoints may do. */
  POLICY,
  /** An endpoint of this host. */
  ENDPOINT,
  /** All else, endpoints of other hosts first. */
  OTHER;

  /** As a label says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a resource, as seen from a host. */
  public static ChangeKind of(ResourceKey key, String host) {
    return switch (key) {
      case PolicyKey k -> POLICY;
      case TierKey k -> POLICY;
      case ProfileRulesKey k -> POLICY;
      case WorkloadEndpointKey k -> k.host().equals(host) ? ENDPOINT : OTHER;
      case HostEndpointKey k -> ENDPOINT; // whose it is its key does not say
      case ProfileLabelsKey k -> OTHER;
      case NetworkSetKey k -> OTHER;
      case IpPoolKey k -> OTHER;
      case IpamBlockKey k -> OTHER;
      case NodeKey k -> OTHER;
      case BgpConfigurationKey k -> OTHER;
      case FelixConfigurationKey k -> OTHER;
      case ClusterInformationKey k -> OTHER;
    };
  }
}
