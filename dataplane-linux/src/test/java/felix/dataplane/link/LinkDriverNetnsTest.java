package felix.dataplane.link;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class LinkDriverNetnsTest extends LinkDriverContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
