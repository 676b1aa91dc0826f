package felix.dataplane.manager;

import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.model.WorkloadEndpointKey;

/**
 * Has what each workload endpoint of this host needs: chains, routes, neighbours, sysctls. Where
 * several endpoints name one interface, the one with the lowest key has it, and the others nothing.
 */
public final class EndpointManager implements Manager {
  private final Claims<String, WorkloadEndpointKey, ActiveWorkload> interfaces = new Claims<>();
  private final WorkloadChains chains;

  public EndpointManager(WorkloadChains chains) {
    this.chains = chains;
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    for (var change : delta.workloads()) {
      if (change.before() != null) {
        interfaces.release(change.before().interfaceName(), change.key());
      }
    }
    for (var change : delta.workloads()) {
      if (change.after() != null) {
        interfaces.claim(change.after().interfaceName(), change.key(), change.after());
      }
    }
    Changes<String, ActiveWorkload> changed = interfaces.takeChanges();
    chains.absorb(changed);
  }
}
