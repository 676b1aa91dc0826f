package felix.dataplane.feature;

import felix.dataplane.ipset.IpSetDriver;
import felix.dataplane.manager.IpSetManager;
import felix.dataplane.manager.PolicyManager;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Policies and profiles: their chains, and the IP sets that those name. */
public final class Policies {
  private Policies() {}

  /**
   * A feature that desires nothing yet.
   *
   * @param tables the chains of all tables
   */
  public static Feature of(
      PolicyChains renderer,
      Map<Table, Desired<String, Chain>> tables,
      IpSetDriver ipSets,
      Duration refresh) {
    return new Feature(
        List.of(new IpSetManager(ipSets.desired()), new PolicyManager(renderer, tables)),
        List.of(
            new Step(Stage.IP_SETS_FILLED, ipSets.additions(), Refresh.every(refresh)),
            // reads with the step above
            new Step(Stage.IP_SETS_DESTROYED, ipSets.deletions(), Refresh.every(Duration.ZERO))),
        List.of(),
        List.of());
  }
}
