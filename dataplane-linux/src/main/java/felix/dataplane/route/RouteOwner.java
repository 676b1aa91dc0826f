package felix.dataplane.route;

/** Who can want routes. Of two that want one for the same destination the earlier here gets it. */
public enum RouteOwner {
  LOCAL_WORKLOADS
}
