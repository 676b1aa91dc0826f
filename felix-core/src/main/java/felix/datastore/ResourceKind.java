package felix.datastore;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of resource that are read from the datastore. */
public enum ResourceKind {
  BGP_CONFIGURATION("BGPConfiguration", "bgpconfigurations", false),
  CLUSTER_INFORMATION("ClusterInformation", "clusterinformations", false),
  FELIX_CONFIGURATION("FelixConfiguration", "felixconfigurations", false),
  GLOBAL_NETWORK_POLICY("GlobalNetworkPolicy", "globalnetworkpolicies", false),
  GLOBAL_NETWORK_SET("GlobalNetworkSet", "globalnetworksets", false),
  HOST_ENDPOINT("HostEndpoint", "hostendpoints", false),
  IPAM_BLOCK("IPAMBlock", "ipamblocks", false),
  IP_POOL("IPPool", "ippools", false),
  NETWORK_POLICY("NetworkPolicy", "networkpolicies", true),
  NETWORK_SET("NetworkSet", "networksets", true),
  NODE("Node", "nodes", false),
  PROFILE("Profile", "profiles", false),
  TIER("Tier", "tiers", false),
  WORKLOAD_ENDPOINT("WorkloadEndpoint", "workloadendpoints", true);

  private static final Map<String, ResourceKind> BY_PLURAL =
      Stream.of(values()).collect(Collectors.toMap(kind -> kind.plural, Function.identity()));

  private final String text;
  private final String plural;
  private final boolean namespaced;

  ResourceKind(String text, String plural, boolean namespaced) {
    this.text = text;
    this.plural = plural;
    this.namespaced = namespaced;
  }

  /** As the value spells it. */
  String text() {
    return text;
  }

  /** As the key spells it. */
  String plural() {
    return plural;
  }

  boolean namespaced() {
    return namespaced;
  }

  static Map<String, ResourceKind> byPlural() {
    return BY_PLURAL;
  }
}
