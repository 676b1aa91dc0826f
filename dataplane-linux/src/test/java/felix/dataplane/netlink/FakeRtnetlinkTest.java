package felix.dataplane.netlink;

class FakeRtnetlinkTest extends RtnetlinkContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
