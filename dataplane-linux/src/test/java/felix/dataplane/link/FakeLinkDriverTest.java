package felix.dataplane.link;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeLinkDriverTest extends LinkDriverContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
