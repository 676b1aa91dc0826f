package felix.dataplane.netlink;

import felix.dataplane.netlink.VxlanParameters.Learning;
import felix.model.Ip;
import felix.model.IpVersion;

/** The attributes of a VXLAN link ({@code IFLA_VXLAN_...}). */
final class VxlanCodec {
  private static final int VNI = 1;
  private static final int GROUP = 2;
  private static final int PARENT = 3;
  private static final int LOCAL = 4;
  private static final int LEARNING = 7;
  private static final int L2MISS = 13;
  private static final int PORT = 15; // in network order
  private static final int GROUP_V6 = 16;
  private static final int LOCAL_V6 = 17;
  private static final int GBP = 23; // a flag: it is there or not

  private VxlanCodec() {}

  /**
   * Leaves out what is as the kernel has it by default: it refuses to change some, even to that.
   */
  static void encode(VxlanParameters vxlan, MessageWriter out) {
    Learning learning = vxlan.learning();
    out.attribute(VNI, vxlan.vni());
    if (learning.group() != null) {
      out.attribute(isV4(learning.group()) ? GROUP : GROUP_V6, learning.group());
    }
    if (vxlan.parentIndex() != 0) {
      out.attribute(PARENT, vxlan.parentIndex());
    }
    if (vxlan.local() != null) {
      out.attribute(isV4(vxlan.local()) ? LOCAL : LOCAL_V6, vxlan.local());
    }
    out.attribute(LEARNING, new byte[] {(byte) (learning.fromPackets() ? 1 : 0)});
    if (learning.reportsMisses()) {
      out.attribute(L2MISS, new byte[] {1});
    }
    if (vxlan.port() != 0) {
      out.attribute(PORT, new byte[] {(byte) (vxlan.port() >>> 8), (byte) vxlan.port()});
    }
    if (learning.marksPackets()) {
      out.attribute(GBP, new byte[0]);
    }
  }

  static VxlanParameters decode(AttributeReader attributes) {
    int vni = 0;
    int port = 0;
    int parent = 0;
    Ip local = null;
    Ip group = null;
    boolean learns = false;
    boolean reportsMisses = false;
    boolean marksPackets = false;
    while (attributes.next()) {
      switch (attributes.type()) {
        case VNI -> vni = attributes.u32();
        case GROUP -> group = attributes.ip(IpVersion.V4);
        case GROUP_V6 -> group = attributes.ip(IpVersion.V6);
        case PARENT -> parent = attributes.u32();
        case LOCAL -> local = attributes.ip(IpVersion.V4);
        case LOCAL_V6 -> local = attributes.ip(IpVersion.V6);
        case LEARNING -> learns = attributes.u8() != 0;
        case L2MISS -> reportsMisses = attributes.u8() != 0;
        case PORT -> port = attributes.u16InNetworkOrder();
        case GBP -> marksPackets = true;
        default -> {}
      }
    }
    return new VxlanParameters(
        vni, port, local, parent, new Learning(learns, reportsMisses, marksPackets, group));
  }

  private static boolean isV4(Ip ip) {
    return ip.version() == IpVersion.V4;
  }
}
