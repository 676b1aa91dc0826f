package felix.dataplane.feature;

import felix.dataplane.manager.HostSets;
import felix.dataplane.manager.IpPoolSets;
import java.util.List;

/** The IP sets that rules of every host name. The driver of all IP sets is {@link Policies}'. */
public final class FixedSets {
  private FixedSets() {}

  public static Feature of(IpPoolSets pools, HostSets hosts) {
    return new Feature(List.of(pools, hosts), List.of(), List.of(), List.of());
  }
}
