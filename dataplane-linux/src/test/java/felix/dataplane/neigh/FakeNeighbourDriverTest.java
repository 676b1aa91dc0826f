package felix.dataplane.neigh;

import felix.dataplane.netlink.FakeKernel;
import felix.dataplane.netlink.Lab;

class FakeNeighbourDriverTest extends NeighbourDriverContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
