package felix.calc;

import felix.delta.Changes;
import felix.delta.Encapsulations;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.IpPool;
import felix.model.IpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Decides which ways of wrapping packets are in use: those that the configuration says, and where
 * it says nothing, those of any IPv4 pool. Both tunnels carry IPv4 only, so that an IPv6 pool
 * switches on neither.
 */
final class EncapsulationResolver {
  private final GraphSettings settings;
  private int ipipPools;
  private int vxlanPools;

  EncapsulationResolver(GraphSettings settings) {
    this.settings = settings;
  }

  Encapsulations apply(Changes<Cidr, IpPool> pools) {
    for (var change : pools) {
      count(change.before(), -1);
      count(change.after(), 1);
    }
    return new Encapsulations(
        settings.ipip().orElse(ipipPools > 0), settings.vxlan().orElse(vxlanPools > 0));
  }

  private void count(@Nullable IpPool pool, int by) {
    if (pool == null || pool.cidr().version() != IpVersion.V4) {
      return;
    }
    ipipPools += pool.encapsulation() == Encapsulation.IPIP ? by : 0;
    vxlanPools += pool.encapsulation() == Encapsulation.VXLAN ? by : 0;
  }
}
