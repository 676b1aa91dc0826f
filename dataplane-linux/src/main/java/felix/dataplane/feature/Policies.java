package felix.dataplane.feature;

import felix.dataplane.ipset.IpSetDriver;
import felix.dataplane.manager.IpSetManager;
import felix.dataplane.manager.PolicyManager;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.PolicyChains;
import java.time.Duration;
import java.util.List;

/** Policies and profiles: their chains, and the IP sets that those name. */
public final class Policies {
  private Policies() {}

  /**
   * A feature that desires nothing yet.
   *
   * @param filter the chains of the filter table
   */
  public static Feature of(
      PolicyChains renderer, Desired<String, Chain> filter, IpSetDriver ipSets, Duration refresh) {
    return new Feature(
        List.of(new IpSetManager(ipSets.desired()), new PolicyManager(renderer, filter)),
        List.of(
            new Step(Stage.IP_SETS_FILLED, ipSets.additions(), Refresh.every(refresh)),
            // reads with the step above
            new Step(Stage.IP_SETS_DESTROYED, ipSets.deletions(), Refresh.every(Duration.ZERO))),
        List.of(),
        List.of());
  }
}
