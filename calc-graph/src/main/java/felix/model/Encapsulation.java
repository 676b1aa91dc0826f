package felix.model;

/** How packets between hosts are wrapped. */
public enum Encapsulation {
  /** Not at all: the network between the hosts knows the way to workloads. */
  NONE,
  /** IP in IP (RFC 2003), through {@code tunl0}. */
  IPIP,
  /** VXLAN (RFC 7348), through {@code vxlan.calico}. */
  VXLAN
}
