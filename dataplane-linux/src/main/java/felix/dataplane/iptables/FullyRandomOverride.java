package felix.dataplane.iptables;

import felix.dataplane.rules.FullyRandom;
import java.util.Optional;

/**
 * What the configuration says about {@link FullyRandom}; empty: whether it is known is found out.
 */
public record FullyRandomOverride(Optional<Boolean> masquerade, Optional<Boolean> snat) {
  public static final FullyRandomOverride NONE =
      new FullyRandomOverride(Optional.empty(), Optional.empty());

  /** The kernel has known {@code --random-fully} since 3.14, the tools since 1.6.2 and 1.6.0. */
  public FullyRandom orDetected(IptablesVersion tools, KernelVersion kernel) {
    boolean kernelKnows = kernel.isAtLeast(3, 14);
    return new FullyRandom(
        masquerade.orElse(kernelKnows && tools.isAtLeast(1, 6, 2)),
        snat.orElse(kernelKnows && tools.isAtLeast(1, 6, 0)));
  }
}
