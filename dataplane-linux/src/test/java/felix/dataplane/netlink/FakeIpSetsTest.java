package felix.dataplane.netlink;

class FakeIpSetsTest extends IpSetsContract {
  @Override
  IpSetLab lab() {
    return new FakeIpSets();
  }
}
