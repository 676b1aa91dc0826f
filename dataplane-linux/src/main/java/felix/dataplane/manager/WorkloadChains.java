package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.ChainNames;
import felix.dataplane.rules.EndpointChains;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.Direction;
import java.util.Set;
import java.util.TreeSet;

/** The chains of workload interfaces, and those that lead there. */
public final class WorkloadChains implements WorkloadPart {
  private final EndpointChains renderer;
  private final Desired<String, Chain> chains;
  private final Set<String> interfaces = new TreeSet<>();
  private final ChainGroup dispatchChains;

  /** Desires the roots of the dispatch at once: they drop what comes from an interface unknown. */
  public WorkloadChains(EndpointChains renderer, Desired<String, Chain> chains) {
    this.renderer = renderer;
    this.chains = chains;
    this.dispatchChains = new ChainGroup(chains);
    dispatch();
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    boolean dispatchChanged = false;
    for (var change : workloads) {
      ActiveWorkload after = change.after();
      if (after == null) {
        remove(change.key());
        dispatchChanged |= interfaces.remove(change.key());
      } else {
        renderer.workload(after).forEach(chain -> chains.set(chain.name(), chain));
        dispatchChanged |= interfaces.add(change.key());
      }
    }
    if (dispatchChanged) {
      dispatch();
    }
  }

  private void remove(String interfaceName) {
    for (var direction : Direction.values()) {
      chains.remove(ChainNames.workload(direction, interfaceName));
    }
  }

  private void dispatch() {
    dispatchChains.replace(renderer.dispatch(interfaces));
  }
}
