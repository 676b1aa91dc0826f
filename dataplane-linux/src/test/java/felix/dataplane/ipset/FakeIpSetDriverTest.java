package felix.dataplane.ipset;

import felix.dataplane.netlink.FakeIpSets;
import felix.dataplane.netlink.IpSetLab;

class FakeIpSetDriverTest extends IpSetDriverContract {
  @Override
  protected IpSetLab lab() {
    return new FakeIpSets();
  }
}
