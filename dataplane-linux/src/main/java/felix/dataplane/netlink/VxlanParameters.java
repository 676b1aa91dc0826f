package felix.dataplane.netlink;

import felix.model.Ip;
import org.jspecify.annotations.Nullable;

/**
 * What a VXLAN link is made with. A link that is there takes another local address, parent and
 * learning; the others only if it is made anew (Linux 6.18).
 *
 * @param port UDP; 0 in a request leaves it to the kernel, or as it is
 * @param local what packets are sent from; null for any
 * @param parentIndex the link that they are sent through; 0 for any
 */
public record VxlanParameters(
    int vni, int port, @Nullable Ip local, int parentIndex, Learning learning) {
  /**
   * Where to send a frame for a MAC that the forwarding table does not have, and what goes with the
   * frame.
   *
   * @param fromPackets whether the forwarding table learns from what comes in
   * @param reportsMisses whether the kernel asks us for MACs that it does not know (L2MISS)
   * @param marksPackets whether a group policy travels along (GBP)
   * @param group who gets what the forwarding table has no entry for; null for nobody
   */
  public record Learning(
      boolean fromPackets, boolean reportsMisses, boolean marksPackets, @Nullable Ip group) {
    /** The forwarding table is all there is. */
    public static final Learning NONE = new Learning(false, false, false, null);
  }
}
