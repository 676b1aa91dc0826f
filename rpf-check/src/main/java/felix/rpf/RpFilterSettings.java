package felix.rpf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's settings as read.
 *
 * @param all the one for all interfaces; null if it cannot be read
 * @param forNew what an interface that appears later starts with; null if it cannot be read
 * @param interfaces those that are there, in the order of their names
 */
public record RpFilterSettings(
    @Nullable RpFilter all, @Nullable RpFilter forNew, List<Interface> interfaces) {
  public RpFilterSettings {
    interfaces = List.copyOf(interfaces);
  }

  /**
   * One interface.
   *
   * @param own its own value; null if it cannot be read
   */
  public record Interface(String name, @Nullable RpFilter own) {}
}
