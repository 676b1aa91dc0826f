package felix.dataplane.ipset;

import felix.dataplane.exec.CommandRunner;

class FakeIpsetTest extends IpsetContract {
  private final FakeIpset fake = new FakeIpset();

  @Override
  CommandRunner kernel() {
    return fake;
  }

  @Override
  void reference(String set) {
    fake.reference(set);
  }

  @Override
  void dereference(String set) {
    fake.dereference(set);
  }
}
