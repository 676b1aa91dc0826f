package felix.rpf;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host's settings as read.
 *
 * @param all the one for all interfaces; null if it cannot be read
 * @param forNew what an interface that appears later starts with; null if it cannot be read
 * @param interfaces each present interface's own value; those that cannot be read are left out
 */
public record RpFilterSettings(
    @Nullable RpFilter all, @Nullable RpFilter forNew, Map<String, RpFilter> interfaces) {
  public RpFilterSettings {
    interfaces = Map.copyOf(interfaces);
  }
}
