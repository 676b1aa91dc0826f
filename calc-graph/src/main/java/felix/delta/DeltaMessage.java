package felix.delta;

import felix.count.Counts;

/**
 * The kinds of change in a delta, by the names of the messages that Felix's graph would send to its
 * dataplane for them. What neither agent's graph sends here is counted as zero.
 */
public enum DeltaMessage {
  ACTIVE_POLICY_UPDATE("ActivePolicyUpdate"),
  ACTIVE_POLICY_REMOVE("ActivePolicyRemove"),
  ACTIVE_PROFILE_UPDATE("ActiveProfileUpdate"),
  ACTIVE_PROFILE_REMOVE("ActiveProfileRemove"),
  CONFIG_UPDATE("ConfigUpdate"),
  HOST_METADATA_UPDATE("HostMetadataUpdate"),
  HOST_METADATA_REMOVE("HostMetadataRemove"),
  IPAM_POOL_UPDATE("IPAMPoolUpdate"),
  IPAM_POOL_REMOVE("IPAMPoolRemove"),
  IP_SET_UPDATE("IPSetUpdate"),
  IP_SET_DELTA_UPDATE("IPSetDeltaUpdate"),
  IP_SET_REMOVE("IPSetRemove"),
  ROUTE_UPDATE("RouteUpdate"),
  ROUTE_REMOVE("RouteRemove"),
  VXLAN_TUNNEL_ENDPOINT_UPDATE("VXLANTunnelEndpointUpdate"),
  VXLAN_TUNNEL_ENDPOINT_REMOVE("VXLANTunnelEndpointRemove"),
  WORKLOAD_ENDPOINT_UPDATE("WorkloadEndpointUpdate"),
  WORKLOAD_ENDPOINT_REMOVE("WorkloadEndpointRemove");

  private final String felixName;

  DeltaMessage(String felixName) {
    this.felixName = felixName;
  }

  public String felixName() {
    return felixName;
  }

  /**
   * Counts the changes of a delta.
   *
   * @return how many there are
   */
  public static int count(DataplaneDelta delta, Counts<DeltaMessage> into) {
    LocalDelta local = delta.local();
    NetworkDelta network = delta.network();
    return count(local.policies(), ACTIVE_POLICY_UPDATE, ACTIVE_POLICY_REMOVE, into)
        + count(local.profiles(), ACTIVE_PROFILE_UPDATE, ACTIVE_PROFILE_REMOVE, into)
        + count(local.configurations(), CONFIG_UPDATE, CONFIG_UPDATE, into)
        + count(network.nodes(), HOST_METADATA_UPDATE, HOST_METADATA_REMOVE, into)
        + count(network.pools(), IPAM_POOL_UPDATE, IPAM_POOL_REMOVE, into)
        + countIpSets(local, into)
        + count(network.routes(), ROUTE_UPDATE, ROUTE_REMOVE, into)
        + count(network.vteps(), VXLAN_TUNNEL_ENDPOINT_UPDATE, VXLAN_TUNNEL_ENDPOINT_REMOVE, into)
        + count(local.workloads(), WORKLOAD_ENDPOINT_UPDATE, WORKLOAD_ENDPOINT_REMOVE, into);
  }

  /** A set comes, and goes, with its members in the same message. */
  private static int countIpSets(LocalDelta local, Counts<DeltaMessage> into) {
    int members = 0;
    for (var ofSet : local.members().all()) {
      if (local.ipSets().get(ofSet.getKey()) == null) {
        members++;
      }
    }
    into.add(IP_SET_DELTA_UPDATE, members);
    return members + count(local.ipSets(), IP_SET_UPDATE, IP_SET_REMOVE, into);
  }

  private static <V> int count(
      Changes<?, V> changes, DeltaMessage update, DeltaMessage remove, Counts<DeltaMessage> into) {
    int removed = 0;
    for (Change<?, V> change : changes) {
      if (change.after() == null) {
        removed++;
      }
    }
    into.add(update, changes.size() - removed);
    into.add(remove, removed);
    return changes.size();
  }
}
