package felix.dataplane.neigh;

import felix.dataplane.netlink.KernelLab;
import felix.dataplane.netlink.Lab;
import org.junit.jupiter.api.Tag;

@Tag("netns")
class ForwardingDriverNetnsTest extends ForwardingDriverContract {
  @Override
  Lab lab() {
    return new KernelLab();
  }

  @Override
  void addVxlan(Lab lab, String name) {
    int port = 4789 + name.length();
    KernelLab.ip(
        "link add " + name + " type vxlan id 4096 dstport " + port + " local 10.65.0.1 nolearning");
  }
}
