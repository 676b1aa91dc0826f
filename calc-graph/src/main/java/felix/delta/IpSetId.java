package felix.delta;

/**
 * Names an IP set across families: {@code s:...} for a selector, {@code n:...} for a named port, or
 * a fixed word. The kernel's name is made of it by the dataplane.
 */
public record IpSetId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
