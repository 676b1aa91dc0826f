package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.ChainNames;
import felix.dataplane.rules.Direction;
import felix.dataplane.rules.PolicyChains;
import felix.delta.DataplaneDelta;

/** Has the chains of policies and profiles that endpoints of this host use. */
public final class PolicyManager implements Manager {
  private final PolicyChains renderer;
  private final Desired<String, Chain> chains;

  /**
   * A manager that desires nothing yet.
   *
   * @param chains of the filter table
   */
  public PolicyManager(PolicyChains renderer, Desired<String, Chain> chains) {
    this.renderer = renderer;
    this.chains = chains;
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    removeGone(delta);
    for (var change : delta.policies()) {
      if (change.after() != null) {
        renderer.policy(change.key(), change.after()).forEach(this::set);
      }
    }
    for (var change : delta.profiles()) {
      if (change.after() != null) {
        renderer.profile(change.key(), change.after()).forEach(this::set);
      }
    }
  }

  private void removeGone(DataplaneDelta delta) {
    for (var direction : Direction.values()) {
      for (var change : delta.policies()) {
        if (change.isRemoval()) {
          chains.remove(ChainNames.policy(direction, change.key()));
        }
      }
      for (var change : delta.profiles()) {
        if (change.isRemoval()) {
          chains.remove(ChainNames.profile(direction, change.key()));
        }
      }
    }
  }

  private void set(Chain chain) {
    chains.set(chain.name(), chain);
  }
}
