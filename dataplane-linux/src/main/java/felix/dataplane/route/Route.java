package felix.dataplane.route;

import felix.model.Cidr;
import felix.model.Ip;
import org.jspecify.annotations.Nullable;

/**
 * A route to something that is on an interface itself, without a gateway.
 *
 * @param source the address that this host uses to speak to it; null leaves the choice to the
 *     kernel
 */
public record Route(Cidr destination, String interfaceName, @Nullable Ip source) {
  public Route {
    if (source != null && source.version() != destination.version()) {
      throw new IllegalArgumentException("a route to " + destination + " from " + source);
    }
  }

  /** What tells the routes of an owner apart: two interfaces may both claim a destination. */
  public record RouteId(Cidr destination, String interfaceName) {}

  public RouteId id() {
    return new RouteId(destination, interfaceName);
  }
}
