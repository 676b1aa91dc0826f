package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetLab;
import felix.dataplane.netlink.KernelIpSetLab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class IpSetDriverNetnsTest extends IpSetDriverContract {
  @Override
  protected IpSetLab lab() {
    return new KernelIpSetLab();
  }
}
