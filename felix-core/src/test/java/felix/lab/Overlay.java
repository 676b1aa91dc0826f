package felix.lab;

import java.util.Map;

/** How packets get from node to node, and who writes the routes for that. */
public enum Overlay {
  VXLAN("vxlan.calico", 1450, "Disabled"),
  IPIP("tunl0", 1480, "Enabled"),
  /** The routes to other nodes are BIRD's, and here the test's. */
  IPIP_WITH_BIRD("tunl0", 1480, "Disabled");

  static final int IPIP_PROTOCOL = 4;
  static final int VXLAN_PORT = 4789;
  static final int VNI = 4096;

  private final String device;
  private final int mtuBytes;
  private final String clusterRoutes;

  Overlay(String device, int mtuBytes, String clusterRoutes) {
    this.device = device;
    this.mtuBytes = mtuBytes;
    this.clusterRoutes = clusterRoutes;
  }

  /** The tunnel's device. */
  public String device() {
    return device;
  }

  /** What is left of the fabric's 1500 bytes. */
  public int mtuBytes() {
    return mtuBytes;
  }

  /** What agents must be told. */
  public Map<String, String> settings() {
    return Map.of("FELIX_PROGRAMCLUSTERROUTES", clusterRoutes);
  }
}
