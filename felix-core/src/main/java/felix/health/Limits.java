package felix.health;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** How long threads may stand still, where that is not what they say themselves. Any thread. */
public final class Limits {
  private volatile Map<String, Duration> overrides = Map.of();

  /**
   * From now on these count.
   *
   * @param byName in small letters; zero for ever
   */
  public void override(Map<String, Duration> byName) {
    overrides = Map.copyOf(byName);
  }

  Duration of(Heartbeat heartbeat) {
    return overrides.getOrDefault(heartbeat.name().toLowerCase(Locale.ROOT), heartbeat.limit());
  }
}
