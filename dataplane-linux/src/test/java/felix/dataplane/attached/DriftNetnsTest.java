package felix.dataplane.attached;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class DriftNetnsTest extends DriftContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
