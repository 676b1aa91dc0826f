package felix.dataplane.netlink;

import org.junit.jupiter.api.Tag;

@Tag("netns")
class KernelLinksNetnsTest extends LinkContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
