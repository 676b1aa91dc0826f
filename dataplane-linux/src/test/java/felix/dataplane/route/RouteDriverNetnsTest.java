package felix.dataplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.monitor.InterfaceFeed;
import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.model.Cidr;
import felix.model.IpVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class RouteDriverNetnsTest extends RouteDriverContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }

  /** IPv4 keeps several routes of one key if told to; only the first one counts. */
  @Test
  void routeThatStandsBehindAnotherComesToTheFront() {
    try (var lab = new KernelLab();
        Rtnetlink netlink = lab.netlink().connect()) {
      lab.addLink("cali8");
      lab.up("cali8");
      lab.addLink("eth8");
      lab.up("eth8");
      var driver =
          new RouteDriver(
              IpVersion.V4,
              new RouteOwnership(3, true, name -> name.startsWith("cali")),
              netlink,
              System::nanoTime);
      var route = Route.onLink(Cidr.parse("10.65.0.2"), "cali8", null);
      driver.desired(RouteOwner.LOCAL_WORKLOADS).set(route.id(), route);
      new InterfaceFeed(netlink).tell(driver::onInterface);
      driver.apply();
      KernelLab.ip("route prepend 10.65.0.2/32 dev eth8 scope link");
      KernelLab.ip("route append 10.65.0.2/32 dev cali8 scope link proto 80");

      driver.queueResync();
      assertThat(driver.apply()).isEqualTo(ApplyOutcome.IN_SYNC);

      assertThat(KernelLab.ip("route show 10.65.0.2/32").strip())
          .isEqualTo("10.65.0.2 dev cali8 scope link");
    }
  }
}
