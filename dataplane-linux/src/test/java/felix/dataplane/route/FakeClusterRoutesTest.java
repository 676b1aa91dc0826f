package felix.dataplane.route;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeClusterRoutesTest extends ClusterRoutesContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
