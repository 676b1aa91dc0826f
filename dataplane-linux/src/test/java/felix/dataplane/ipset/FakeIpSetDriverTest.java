package felix.dataplane.ipset;

import felix.dataplane.netlink.FakeIpSets;
import felix.dataplane.netlink.IpSetLab;

class FakeIpSetDriverTest extends IpSetDriverContract {
  @Override
  IpSetLab lab() {
    return new FakeIpSets();
  }
}
