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
import java.util.Set;
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
    var before = Set.copyOf(byInterface.keySet());
    for (var change : owners) {
      replace(change.key(), change.after());
    }
    if (!before.equals(byInterface.keySet())) {
      dispatch();
    }
  }

  private void replace(String interfaceName, @Nullable Owner owner) {
    if (owner != null && renderer.areIn(table, interfaceName, owner.host())) {
      byInterface
          .computeIfAbsent(interfaceName, name -> new ChainGroup(chains))
          .replace(renderer.endpoint(table, interfaceName, owner.host()));
    } else {
      ChainGroup gone = byInterface.remove(interfaceName);
      if (gone != null) {
        gone.replace(List.of());
      }
    }
  }

  private void dispatch() {
    dispatchChains.replace(renderer.dispatch(table, byInterface.keySet()));
  }
}
