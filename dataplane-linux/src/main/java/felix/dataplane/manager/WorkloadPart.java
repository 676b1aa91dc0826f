package felix.dataplane.manager;

import felix.delta.ActiveWorkload;
import felix.delta.Changes;

/** Something that follows which endpoint has which interface; told by {@link EndpointManager}. */
public interface WorkloadPart {
  /** Takes over which interfaces are whose; by interface. Each has at most one endpoint. */
  void absorb(Changes<String, ActiveWorkload> workloads);
}
