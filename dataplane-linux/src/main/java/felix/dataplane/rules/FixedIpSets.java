package felix.dataplane.rules;

import felix.delta.IpSetId;

/** The IP sets that rules of every host name, by Felix's names. */
public final class FixedIpSets {
  /** The networks of all pools. */
  public static final IpSetId ALL_POOLS = new IpSetId("all-ipam-pools");

  /** The networks of pools whose packets to the world get the address of their host. */
  public static final IpSetId MASQUERADED_POOLS = new IpSetId("masq-ipam-pools");

  /** The addresses of all hosts, and those that may send us packets as if they were some. */
  public static final IpSetId ALL_HOSTS = new IpSetId("all-hosts-net");

  /** The addresses of the other ends of VXLAN tunnels, likewise. */
  public static final IpSetId ALL_VTEPS = new IpSetId("all-vxlan-net");

  /** The addresses of workloads whose packets to the world are marked. */
  public static final IpSetId DSCP_SOURCES = new IpSetId("dscp-src-net");

  private FixedIpSets() {}
}
