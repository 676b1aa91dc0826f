package felix.dataplane.netlink;

class FakeEventsTest extends EventsContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }
}
