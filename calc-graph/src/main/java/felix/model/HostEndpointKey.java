package felix.model;

/** Interfaces of a host that policy protects. */
public record HostEndpointKey(String name) implements EndpointKey, Comparable<HostEndpointKey> {
  /** The lowest of those that claim one interface gets it. */
  @Override
  public int compareTo(HostEndpointKey other) {
    return name.compareTo(other.name);
  }
}
