package felix.dataplane.manager;

import felix.dataplane.reconcile.Desired;
import felix.dataplane.rules.Chain;
import felix.dataplane.rules.EndpointChains;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The chains of workload interfaces, and those that lead there. */
public final class WorkloadChains implements WorkloadPart {
  private final EndpointChains renderer;
  private final List<SharedChains> directions;
  private final Set<String> interfaces = new TreeSet<>();
  private final ChainGroup dispatchChains;

  /** Desires the roots of the dispatch at once: they drop what comes from an interface unknown. */
  public WorkloadChains(EndpointChains renderer, Desired<String, Chain> chains) {
    this.renderer = renderer;
    this.directions =
        Arrays.stream(Direction.values())
            .map(direction -> new SharedChains(direction, renderer, chains))
            .toList();
    this.dispatchChains = new ChainGroup(chains);
    dispatch();
  }

  @Override
  public void absorb(Changes<String, ActiveWorkload> workloads) {
    directions.forEach(direction -> direction.absorb(workloads));
    boolean dispatchChanged = false;
    for (var change : workloads) {
      dispatchChanged |=
          change.isRemoval() ? interfaces.remove(change.key()) : interfaces.add(change.key());
    }
    if (dispatchChanged) {
      dispatch();
    }
  }

  private void dispatch() {
    dispatchChains.replace(renderer.dispatch(interfaces));
  }
}
