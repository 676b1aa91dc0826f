package felix.dataplane.attached;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeDriftTest extends DriftContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
