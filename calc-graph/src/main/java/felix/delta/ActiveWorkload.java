package felix.delta;

import felix.model.Cidr;
import felix.model.MacAddress;
import felix.model.WorkloadExtras;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload endpoint of this host with the policy that applies to it.
 *
 * @param tiers in order, only those that have a policy for it
 * @param profiles in order; the rules of each are in {@link LocalDelta#profiles}, also of one that
 *     does not exist
 */
public record ActiveWorkload(
    String interfaceName,
    List<Cidr> networks,
    @Nullable MacAddress mac,
    List<TierPolicies> tiers,
    List<String> profiles,
    WorkloadExtras extras) {
  public ActiveWorkload {
    networks = List.copyOf(networks);
    tiers = List.copyOf(tiers);
    profiles = List.copyOf(profiles);
  }
}
