package felix.dataplane.manager;

import java.util.stream.IntStream;

/**
 * The MTUs of tunnels, in bytes. Those of 0 are what the host's own MTU leaves.
 *
 * @param vxlanBytes as configured
 * @param ipipBytes as configured
 */
public record TunnelMtus(int vxlanBytes, int ipipBytes) {
  /** IP, UDP, VXLAN, and an Ethernet header. */
  private static final int VXLAN_OVERHEAD = 20 + 8 + 8 + 14;

  /** IP. */
  private static final int IPIP_OVERHEAD = 20;

  /** 0 while it is not known. */
  int vxlan(Fabric fabric) {
    return effective(vxlanBytes, fabric, VXLAN_OVERHEAD);
  }

  /** 0 while it is not known. */
  int ipip(Fabric fabric) {
    return effective(ipipBytes, fabric, IPIP_OVERHEAD);
  }

  /**
   * The most that workloads may send: the smallest of what is in use, or the host's.
   *
   * @return 0 while it is not known
   */
  int ofWorkloads(Fabric fabric, boolean vxlanInUse, boolean ipipInUse) {
    var tunnels =
        IntStream.of(vxlanInUse ? vxlan(fabric) : 0, ipipInUse ? ipip(fabric) : 0)
            .filter(bytes -> bytes != 0)
            .min();
    return tunnels.orElseGet(fabric::mtuBytes);
  }

  private static int effective(int configured, Fabric fabric, int overhead) {
    int host = fabric.mtuBytes();
    return configured != 0 || host == 0 ? configured : host - overhead;
  }
}
