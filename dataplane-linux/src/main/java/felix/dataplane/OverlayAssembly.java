package felix.dataplane;

import felix.dataplane.DataplaneSettings.ClusterRoutes;
import felix.dataplane.DataplaneSettings.OverlaySettings;
import felix.dataplane.DataplaneSettings.VxlanSettings;
import felix.dataplane.feature.Feature;
import felix.dataplane.feature.Overlay;
import felix.dataplane.feature.Workloads;
import felix.dataplane.link.LinkDriver;
import felix.dataplane.manager.ClusterRouteManager;
import felix.dataplane.manager.Fabric;
import felix.dataplane.manager.IpipManager;
import felix.dataplane.manager.OverlayManager;
import felix.dataplane.manager.TunnelMtus;
import felix.dataplane.manager.VxlanManager;
import felix.dataplane.manager.WorkloadMtu;
import felix.dataplane.mtu.MtuFileDriver;
import felix.dataplane.neigh.ForwardingDriver;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.route.RouteOwner;
import felix.model.Encapsulation;
import felix.model.IpVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Builds the feature of one family that leads to other hosts. Tunnels are IPv4's. */
final class OverlayAssembly {
  private final DataplaneSettings settings;
  private final Kernel kernel;
  private final Workloads.Drivers shared;

  /**
   * For one family.
   *
   * @param shared who writes routes and neighbours
   */
  OverlayAssembly(DataplaneSettings settings, Kernel kernel, Workloads.Drivers shared) {
    this.settings = settings;
    this.kernel = kernel;
    this.shared = shared;
  }

  Feature build(IpVersion version, Rtnetlink netlink) {
    var pattern = Pattern.compile(settings.overlay().mtuInterfaces());
    var fabric = new Fabric(settings.hostname(), version, pattern);
    var routes = new ClusterRouteManager(version, ours(version), fabric, routes());
    return switch (version) {
      case V4 -> withTunnels(fabric, routes, netlink);
      case V6 -> Overlay.ofRoutes(new OverlayManager(fabric, List.of(routes)));
    };
  }

  private Feature withTunnels(Fabric fabric, ClusterRouteManager routes, Rtnetlink netlink) {
    OverlaySettings overlay = settings.overlay();
    VxlanSettings vxlan = overlay.vxlan();
    var mtus = new TunnelMtus(vxlan.mtuBytes(), overlay.ipipMtuBytes());
    var device = new VxlanManager.Device(vxlan.vni(), vxlan.port(), mtus, vxlan.checksumOffload());
    var drivers =
        new Overlay.Drivers(
            new LinkDriver(
                netlink, kernel.netlink().ethtool(), kernel.commands(), kernel.nanoTime()),
            new ForwardingDriver(LinkDriver.VXLAN::equals, netlink, kernel.nanoTime()),
            new MtuFileDriver(kernel.mtuFile(), settings.host().requireMtuFile()));
    var links = drivers.links().desired();
    var vxlanWishes =
        new VxlanManager.Wishes(
            links, shared.neighbours().desired(), drivers.forwarding().desired());
    var manager =
        new OverlayManager(
            fabric,
            List.of(
                new VxlanManager(fabric, device, vxlanWishes),
                new IpipManager(fabric, mtus, links),
                routes,
                new WorkloadMtu(fabric, mtus, drivers.mtuFile()::want)));
    return Overlay.withTunnels(manager, drivers, settings.routes().refreshInterval());
  }

  private ClusterRouteManager.Wishes routes() {
    return new ClusterRouteManager.Wishes(
        shared.routes().desired(RouteOwner.CLUSTER),
        shared.routes().desired(RouteOwner.LOCAL_BLOCKS));
  }

  /** Whose routes we write. Those of VXLAN nobody else does. */
  private Set<Encapsulation> ours(IpVersion version) {
    var ours = EnumSet.noneOf(Encapsulation.class);
    ClusterRoutes routes = settings.overlay().clusterRoutes();
    if (routes == ClusterRoutes.UNENCAPSULATED || routes == ClusterRoutes.ALL) {
      ours.add(Encapsulation.NONE);
    }
    if (version == IpVersion.V4) {
      ours.add(Encapsulation.VXLAN);
      if (routes == ClusterRoutes.IPIP || routes == ClusterRoutes.ALL) {
        ours.add(Encapsulation.IPIP);
      }
    }
    return ours;
  }
}
