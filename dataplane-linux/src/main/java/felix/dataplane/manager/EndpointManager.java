package felix.dataplane.manager;

import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.model.WorkloadEndpointKey;
import java.util.List;

/**
 * Has what each workload endpoint of this host needs. Where several endpoints name one interface,
 * the one with the lowest key has it and the others have nothing, until it goes.
 */
public final class EndpointManager implements Manager {
  private final Claims<String, WorkloadEndpointKey, ActiveWorkload> interfaces = new Claims<>();
  private final List<WorkloadPart> parts;

  /**
   * Knows no endpoint yet.
   *
   * @param parts told in this order
   */
  public EndpointManager(List<WorkloadPart> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    for (var change : delta.local().workloads()) {
      if (change.before() != null) {
        interfaces.release(change.before().interfaceName(), change.key());
      }
    }
    for (var change : delta.local().workloads()) {
      if (change.after() != null) {
        interfaces.claim(change.after().interfaceName(), change.key(), change.after());
      }
    }
    var byInterface = interfaces.takeChanges();
    parts.forEach(part -> part.absorb(byInterface));
  }
}
