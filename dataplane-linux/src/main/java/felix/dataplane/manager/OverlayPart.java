package felix.dataplane.manager;

import felix.delta.NetworkDelta;

/** Wants something that depends on the other hosts and on this host's interfaces. */
public interface OverlayPart {
  /** Takes over what changed; the {@link Fabric} knows it already. Ends with a refresh. */
  void absorb(NetworkDelta delta);

  /** Something may have changed in the {@link Fabric}. */
  void refresh();
}
