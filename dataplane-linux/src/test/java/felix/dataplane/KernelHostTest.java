package felix.dataplane;

import felix.dataplane.exec.NetworkNamespace;
import felix.dataplane.iptables.IptablesBackend;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class KernelHostTest {
  @Nested
  class Legacy extends HostContract {
    @Override
    TestHost newHost() {
      NetworkNamespace.requireOwn();
      return TestHost.ofKernel(IptablesBackend.LEGACY);
    }
  }

  @Nested
  class Nft extends HostContract {
    @Override
    TestHost newHost() {
      NetworkNamespace.requireOwn();
      return TestHost.ofKernel(IptablesBackend.NFT);
    }
  }
}
