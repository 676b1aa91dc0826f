package felix.dataplane.manager;

import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import java.util.Map;

/** Something that follows which endpoint has which interface; told by {@link EndpointManager}. */
public interface WorkloadPart {
  /** Takes over which interfaces are whose; by interface. Each has at most one endpoint. */
  void absorb(Changes<String, ActiveWorkload> workloads);

  /** Notes what one has from now on, and only where that is something; whether it is a change. */
  static <V> boolean replace(Map<String, V> all, String name, V now, V nothing) {
    V before = now.equals(nothing) ? all.remove(name) : all.put(name, now);
    return !now.equals(before == null ? nothing : before);
  }
}
