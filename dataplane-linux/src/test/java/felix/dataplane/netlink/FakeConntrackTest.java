package felix.dataplane.netlink;

class FakeConntrackTest extends ConntrackContract {
  @Override
  ConntrackLab lab() {
    return new FakeConntrack();
  }
}
