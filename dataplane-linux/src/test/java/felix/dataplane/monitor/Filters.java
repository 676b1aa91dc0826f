package felix.dataplane.monitor;

import felix.model.IpVersion;
import java.util.Set;

/** Filters for tests. */
final class Filters {
  static final int OUR_PROTOCOL = 80;

  /** Of a host with workloads on {@code cali...} and a tunnel. */
  static final EventFilter OURS =
      new EventFilter(
          Set.of(IpVersion.V4, IpVersion.V6),
          name -> name.startsWith("cali"),
          Set.of("vxlan.calico"),
          OUR_PROTOCOL);

  private Filters() {}
}
