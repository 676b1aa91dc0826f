package felix.dataplane.feature;

import felix.dataplane.link.LinkDriver;
import felix.dataplane.manager.OverlayManager;
import felix.dataplane.mtu.MtuFileDriver;
import felix.dataplane.neigh.ForwardingDriver;
import java.time.Duration;
import java.util.List;

/**
 * The way to workloads of other hosts: tunnel devices, what is on them, and routes. Those and the
 * neighbours are written by the drivers of {@link Workloads}.
 */
public final class Overlay {
  private Overlay() {}

  /** Who writes what exists once a host, not once a family. */
  public record Drivers(LinkDriver links, ForwardingDriver forwarding, MtuFileDriver mtuFile) {}

  /** A feature with tunnels that knows no other host yet. */
  public static Feature withTunnels(OverlayManager manager, Drivers drivers, Duration refresh) {
    return new Feature(
        List.of(manager),
        List.of(
            new Step(Stage.LINKS, drivers.links(), Refresh.every(refresh)),
            new Step(Stage.FORWARDING, drivers.forwarding(), Refresh.every(refresh)),
            new Step(Stage.MTU_FILE, drivers.mtuFile(), Refresh.every(refresh))),
        List.of(
            manager::onInterface, drivers.links()::onInterface, drivers.forwarding()::onInterface),
        List.of(drivers.links()::onEvent, drivers.forwarding()::onEvent));
  }

  /** A feature of routes alone, that knows no other host yet. */
  public static Feature ofRoutes(OverlayManager manager) {
    return new Feature(List.of(manager), List.of(), List.of(manager::onInterface), List.of());
  }
}
