package felix.dataplane.route;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class ClusterRoutesNetnsTest extends ClusterRoutesContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
