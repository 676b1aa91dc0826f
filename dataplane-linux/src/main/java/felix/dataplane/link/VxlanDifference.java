package felix.dataplane.link;

import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.VxlanParameters;
import felix.dataplane.netlink.VxlanParameters.Learning;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wherein a device differs from the VXLAN that it should be. Pure. */
final class VxlanDifference {
  private VxlanDifference() {}

  /** What no kernel can change of a device that is there; null if that is as it should be. */
  static @Nullable String unchangeable(LinkMessage held, VxlanParameters wanted) {
    VxlanParameters vxlan = held.vxlan();
    if (vxlan == null) {
      return "it is of kind " + held.settings().kind();
    }
    if (vxlan.vni() != wanted.vni()) {
      return "its VNI is " + vxlan.vni();
    }
    if (vxlan.port() != wanted.port()) {
      return "its port is " + vxlan.port();
    }
    return flooding(vxlan.learning());
  }

  /** What most kernels can change in place; null if that is as it should be. */
  static @Nullable String changeable(LinkMessage held, VxlanParameters wanted) {
    VxlanParameters vxlan = held.vxlan();
    if (vxlan == null) {
      return null;
    }
    if (!Objects.equals(vxlan.local(), wanted.local())) {
      return "it sends from " + (vxlan.local() == null ? "any address" : vxlan.local());
    }
    if (vxlan.parentIndex() != wanted.parentIndex()) {
      return "it sends through link #" + vxlan.parentIndex();
    }
    return vxlan.learning().fromPackets() ? "it learns from packets" : null;
  }

  private static @Nullable String flooding(Learning learning) {
    if (learning.group() != null) {
      return "it floods to " + learning.group();
    }
    if (learning.reportsMisses()) {
      return "it reports misses";
    }
    return learning.marksPackets() ? "it sends group policies" : null;
  }
}
