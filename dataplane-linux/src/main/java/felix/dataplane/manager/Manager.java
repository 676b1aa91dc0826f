package felix.dataplane.manager;

import felix.delta.DataplaneDelta;

/**
 * Decides for one kind of thing what the kernel should hold, and writes that to the {@code Desired}
 * views of drivers. Lives on the dataplane thread. Never touches the kernel.
 */
public interface Manager {
  /** Takes over what changed. Removals come first: a new owner may need what an old one had. */
  void absorb(DataplaneDelta delta);
}
