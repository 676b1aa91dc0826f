package felix.dataplane.netlink;

import org.junit.jupiter.api.Tag;

@Tag("netns")
class KernelEventsNetnsTest extends EventsContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }
}
