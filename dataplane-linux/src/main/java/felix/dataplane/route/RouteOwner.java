package felix.dataplane.route;

/** Who can want routes. Of two that want one for the same destination the earlier here gets it. */
public enum RouteOwner {
  /** Addresses of workloads of this host. */
  LOCAL_WORKLOADS,

  /** Blocks, and borrowed addresses, of other hosts. */
  CLUSTER,

  /** Blocks of this host: where no workload has an address of it, packets end. */
  LOCAL_BLOCKS
}
