package felix.dataplane;

import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.FakeKernel;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeHostTest extends HostContract {
  @TempDir Path sysctls;

  @Override
  TestHost newHost() {
    return TestHost.ofFakes(new FakeTools(IptablesBackend.LEGACY), new FakeKernel(), sysctls);
  }
}
