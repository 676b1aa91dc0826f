package felix.dataplane.neigh;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class NeighbourDriverNetnsTest extends NeighbourDriverContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
