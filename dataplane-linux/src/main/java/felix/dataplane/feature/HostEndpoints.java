package felix.dataplane.feature;

import felix.dataplane.manager.HostChains;
import felix.dataplane.manager.HostEndpointManager;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.HostEndpointChains;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.rules.Table;
import java.util.List;
import java.util.Map;

/** Host endpoints: the chains of their interfaces. */
public final class HostEndpoints {
  private HostEndpoints() {}

  /**
   * A feature that knows no endpoint yet.
   *
   * @param tables the chains of all tables
   */
  public static Feature of(RuleSettings settings, Map<Table, Desired<String, Chain>> tables) {
    var renderer = new HostEndpointChains(settings);
    var chains =
        tables.entrySet().stream()
            .map(table -> new HostChains(table.getKey(), renderer, table.getValue()));
    var manager = new HostEndpointManager(settings::isHost, chains.toList());
    return new Feature(List.of(manager), List.of(), List.of(manager::onInterface), List.of());
  }
}
