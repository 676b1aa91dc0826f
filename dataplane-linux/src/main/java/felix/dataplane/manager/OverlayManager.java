package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.delta.DataplaneDelta;
import java.util.List;

/** Has what this host needs in one family to speak with workloads of other hosts. */
public final class OverlayManager implements Manager {
  private final Fabric fabric;
  private final List<OverlayPart> parts;

  /**
   * A manager that knows nothing yet.
   *
   * @param fabric which the parts look at
   */
  public OverlayManager(Fabric fabric, List<OverlayPart> parts) {
    this.fabric = fabric;
    this.parts = List.copyOf(parts);
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    fabric.absorb(delta.network());
    parts.forEach(part -> part.absorb(delta.network()));
  }

  /** To be told of every change of an interface, before drivers apply. */
  public void onInterface(InterfaceChange change) {
    fabric.onInterface(change);
    parts.forEach(OverlayPart::refresh);
  }
}
