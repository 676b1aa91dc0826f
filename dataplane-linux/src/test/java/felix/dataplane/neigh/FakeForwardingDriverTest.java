package felix.dataplane.neigh;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeForwardingDriverTest extends ForwardingDriverContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }

  @Override
  void addVxlan(Lab lab, String name) {
    lab.addLink(name);
  }
}
