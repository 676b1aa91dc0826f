package felix.dataplane.feature;

/**
 * The kinds of kernel state in the order in which they are written: what others refer to comes
 * before them, and goes after them. Nothing is led to a workload, or let out of it, before the
 * rules that police it: on a host that has just booted there are none yet.
 */
public enum Stage {
  IP_SETS_FILLED,
  RAW,
  MANGLE,
  NAT,
  FILTER,
  HOST_FORWARDING,
  SYSCTLS,
  LINKS,
  NEIGHBOURS,
  FORWARDING,
  ROUTES,

  /** Connections to addresses whose routes are gone: whoever gets one must not inherit them. */
  VACATED_CONNECTIONS,

  /** Routes that waited for the stage before. */
  ROUTES_TAKEN_OVER,

  DENIED_CONNECTIONS,
  MTU_FILE,
  IP_SETS_DESTROYED;

  /** Whether a workload has no network, or a wrong one, while this fails. */
  public boolean servesWorkloads() {
    return switch (this) {
      case IP_SETS_FILLED,
          RAW,
          MANGLE,
          NAT,
          FILTER,
          SYSCTLS,
          NEIGHBOURS,
          ROUTES,
          ROUTES_TAKEN_OVER ->
          true;
      case HOST_FORWARDING,
          LINKS,
          FORWARDING,
          VACATED_CONNECTIONS,
          DENIED_CONNECTIONS,
          MTU_FILE,
          IP_SETS_DESTROYED ->
          false;
    };
  }

  /** Whether no packet waits for it: it may as well be done once all families are served. */
  public boolean mayFollow() {
    return compareTo(ROUTES_TAKEN_OVER) > 0;
  }

  /** Whether its rules name IP sets, which must be there first: else the whole table is refused. */
  public boolean namesIpSets() {
    return switch (this) {
      case RAW, MANGLE, NAT, FILTER -> true;
      case IP_SETS_FILLED,
          HOST_FORWARDING,
          SYSCTLS,
          LINKS,
          NEIGHBOURS,
          FORWARDING,
          ROUTES,
          VACATED_CONNECTIONS,
          ROUTES_TAKEN_OVER,
          DENIED_CONNECTIONS,
          MTU_FILE,
          IP_SETS_DESTROYED ->
          false;
    };
  }

  /** Whether it is left out where others write the routes. */
  public boolean writesRoutes() {
    return this == ROUTES || this == ROUTES_TAKEN_OVER;
  }

  /** Whether it waits until the filter table holds the policy. */
  public boolean followsPolicy() {
    return this == DENIED_CONNECTIONS;
  }
}
