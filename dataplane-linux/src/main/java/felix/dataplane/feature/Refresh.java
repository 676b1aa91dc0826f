package felix.dataplane.feature;

import java.time.Duration;

/**
 * When a driver is to read the kernel anew, to find what others changed.
 *
 * @param interval regularly; zero for never
 * @param afterWrite also so long after a write, then after twice that and so on up to the interval:
 *     whoever overwrites us does so soon. Zero for not at all
 */
public record Refresh(Duration interval, Duration afterWrite) {
  /** Only regularly. */
  public static Refresh every(Duration interval) {
    return new Refresh(interval, Duration.ZERO);
  }
}
