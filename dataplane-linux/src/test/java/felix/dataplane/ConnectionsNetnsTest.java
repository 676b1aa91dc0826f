package felix.dataplane;

import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.ConntrackLab;
import felix.dataplane.netlink.KernelConntrackLab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class ConnectionsNetnsTest extends ConnectionsContract {
  @Override
  TestHost newHost() {
    NetworkNamespace.requireOwn();
    return TestHost.ofKernel(IptablesBackend.LEGACY);
  }

  @Override
  ConntrackLab table() {
    return new KernelConntrackLab();
  }
}
