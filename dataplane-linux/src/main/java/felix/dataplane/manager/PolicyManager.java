package felix.dataplane.manager;

import felix.dataplane.manager.PolicyUses.Use;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.ChainNames;
import felix.dataplane.rules.PolicyChains;
import felix.dataplane.rules.Table;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRules;
import felix.delta.Change;
import felix.delta.DataplaneDelta;
import felix.delta.Direction;
import felix.model.PolicyKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Has the chains of policies and profiles that endpoints of this host use: a policy's in the table
 * where it decides, for the directions for which some endpoint asks it; a profile's in the filter
 * table.
 */
public final class PolicyManager implements Manager {
  private final PolicyChains renderer;
  private final Map<Table, Desired<String, Chain>> tables;
  private final Map<PolicyKey, ActivePolicy> policies = new HashMap<>();
  private final PolicyUses uses = new PolicyUses();

  /**
   * A manager that desires nothing yet.
   *
   * @param tables the chains of all tables
   */
  public PolicyManager(PolicyChains renderer, Map<Table, Desired<String, Chain>> tables) {
    this.renderer = renderer;
    this.tables = Map.copyOf(tables);
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    var touched = uses.absorb(delta);
    delta.local().policies().forEach(this::removeGone);
    for (var change : delta.local().profiles()) {
      if (change.isRemoval()) {
        for (var direction : Direction.values()) {
          chains(Table.FILTER).remove(ChainNames.profile(direction, change.key()));
        }
      }
    }
    delta.local().policies().applyTo(policies);
    for (var change : delta.local().policies()) {
      for (var direction : Direction.values()) {
        touched.add(new Use(change.key(), direction));
      }
    }
    touched.forEach(this::refresh);
    for (var change : delta.local().profiles()) {
      ActiveRules after = change.after();
      if (after != null) {
        for (var direction : Direction.values()) {
          set(Table.FILTER, renderer.profile(direction, change.key(), after));
        }
      }
    }
  }

  /** Also where it decides at another stage from now on. */
  private void removeGone(Change<PolicyKey, ActivePolicy> change) {
    ActivePolicy before = change.before();
    ActivePolicy after = change.after();
    if (before != null && (after == null || after.stage() != before.stage())) {
      for (var direction : Direction.values()) {
        chains(Table.of(before.stage())).remove(ChainNames.policy(direction, change.key()));
      }
    }
  }

  private void refresh(Use use) {
    ActivePolicy policy = policies.get(use.policy());
    if (policy == null) {
      return;
    }
    var table = Table.of(policy.stage());
    if (uses.contain(use)) {
      set(table, renderer.policy(use.direction(), use.policy(), policy));
    } else {
      chains(table).remove(ChainNames.policy(use.direction(), use.policy()));
    }
  }

  private void set(Table table, Chain chain) {
    chains(table).set(chain.name(), chain);
  }

  private Desired<String, Chain> chains(Table table) {
    return Objects.requireNonNull(tables.get(table));
  }
}
