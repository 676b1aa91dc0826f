package felix.dataplane.manager;

import felix.dataplane.manager.HostInterfaces.Owner;
import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.HostEndpointChains;
import felix.dataplane.rules.Table;
import felix.delta.Changes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chains of the host's interfaces in one table, and those that lead there. */
public final class HostChains {
  private final Table table;
  private final HostEndpointChains renderer;
  private final Desired<String, Chain> chains;
  private final Map<String, ChainGroup> byInterface = new HashMap<>();
  private final ChainGroup dispatchChains;

  /** Desires the roots of the dispatch at once: the chains of every host jump there. */
  public HostChains(Table table, HostEndpointChains renderer, Desired<String, Chain> chains) {
    this.table = table;
    this.renderer = renderer;
    this.chains = chains;
    this.dispatchChains = new ChainGroup(chains);
    dispatch();
  }

  /** Takes over who has which interfaces. */
  void absorb(Changes<String, Owner> owners) {
    boolean dispatchChanged = false;
    for (var change : owners) {
      dispatchChanged |= replace(change.key(), change.after());
    }
    if (dispatchChanged) {
      dispatch();
    }
  }

  /** Whether it has chains now and had none, or the other way round. */
  private boolean replace(String interfaceName, @Nullable Owner owner) {
    ChainGroup before = byInterface.get(interfaceName);
    if (owner != null && renderer.areIn(table, interfaceName, owner.host())) {
      var group = before == null ? new ChainGroup(chains) : before;
      group.replace(renderer.endpoint(table, interfaceName, owner.host()));
      byInterface.put(interfaceName, group);
      return before == null;
    }
    if (before != null) {
      before.replace(List.of());
      byInterface.remove(interfaceName);
    }
    return before != null;
  }

  private void dispatch() {
    dispatchChains.replace(renderer.dispatch(table, byInterface.keySet()));
  }
}
