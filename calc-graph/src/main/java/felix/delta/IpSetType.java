package felix.delta;

/** What the members of an IP set are. */
public enum IpSetType {
  /** {@link IpSetMember.Net} */
  NET,
  /** {@link IpSetMember.Port} */
  IP_PORT
}
