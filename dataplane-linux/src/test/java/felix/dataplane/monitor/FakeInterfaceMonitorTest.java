package felix.dataplane.monitor;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeInterfaceMonitorTest extends InterfaceMonitorContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
