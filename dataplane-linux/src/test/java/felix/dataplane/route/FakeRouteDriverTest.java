package felix.dataplane.route;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeRouteDriverTest extends RouteDriverContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
