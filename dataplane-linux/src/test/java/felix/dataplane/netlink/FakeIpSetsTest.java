package felix.dataplane.netlink;

class FakeIpSetsTest extends IpSetsContract {
  @Override
  protected IpSetLab lab() {
    return new FakeIpSets();
  }
}
