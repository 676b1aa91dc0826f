package felix.dataplane.monitor;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class InterfaceMonitorNetnsTest extends InterfaceMonitorContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
