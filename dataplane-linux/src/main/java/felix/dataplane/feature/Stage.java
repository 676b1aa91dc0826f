package felix.dataplane.feature;

/**
 * The kinds of kernel state in the order in which they are written: what others refer to comes
 * before them, and goes after them.
 */
public enum Stage {
  SYSCTLS,
  IP_SETS_FILLED,
  NEIGHBOURS,
  ROUTES,
  RAW,
  MANGLE,
  NAT,
  FILTER,
  IP_SETS_DESTROYED;

  /** Whether its rules name IP sets, which must be there first: else the whole table is refused. */
  public boolean namesIpSets() {
    return switch (this) {
      case RAW, MANGLE, NAT, FILTER -> true;
      case SYSCTLS, IP_SETS_FILLED, NEIGHBOURS, ROUTES, IP_SETS_DESTROYED -> false;
    };
  }
}
