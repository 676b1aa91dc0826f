package felix.dataplane.route;

import felix.dataplane.attached.AttachedKind;
import felix.model.Cidr;
import felix.model.Ip;
import org.jspecify.annotations.Nullable;

/**
 * A route that somebody wants.
 *
 * @param source the address that this host uses to speak to it; null leaves the choice to the
 *     kernel
 */
public record Route(Cidr destination, Target target, @Nullable Ip source) {
  public Route {
    if (source != null && source.version() != destination.version()) {
      throw new IllegalArgumentException("a route to " + destination + " from " + source);
    }
    if (target instanceof Target.Gateway(Ip gateway, String interfaceName)
        && gateway.version() != destination.version()) {
      throw new IllegalArgumentException(
          "a route to " + destination + " via " + gateway + " dev " + interfaceName);
    }
  }

  /** Where packets go. */
  public sealed interface Target {
    /** To what is on an interface itself. */
    record Interface(String name) implements Target {}

    /** To a host that is taken to be on an interface, whatever other routes say of it. */
    record Gateway(Ip address, String interfaceName) implements Target {}

    /** Nowhere. */
    record Blackhole() implements Target {}
  }

  /** What tells the routes of an owner apart: two interfaces may both claim a destination. */
  public record RouteId(Cidr destination, String interfaceName) {}

  /** To something that is on an interface itself. */
  public static Route onLink(Cidr destination, String interfaceName, @Nullable Ip source) {
    return new Route(destination, new Target.Interface(interfaceName), source);
  }

  /** To something behind a host that is taken to be on the interface. */
  public static Route via(Ip gateway, String interfaceName, Cidr destination) {
    return new Route(destination, new Target.Gateway(gateway, interfaceName), null);
  }

  public static Route blackhole(Cidr destination) {
    return new Route(destination, new Target.Blackhole(), null);
  }

  public RouteId id() {
    return new RouteId(destination, interfaceName());
  }

  /** {@link AttachedKind#NO_INTERFACE} if it leads to none. */
  public String interfaceName() {
    return switch (target) {
      case Target.Interface(String name) -> name;
      case Target.Gateway(Ip gateway, String name) -> name;
      case Target.Blackhole() -> AttachedKind.NO_INTERFACE;
    };
  }
}
