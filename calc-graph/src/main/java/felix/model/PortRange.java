package felix.model;

/** Ports from {@code first} to {@code last}, both included; one port if they are equal. */
public record PortRange(int first, int last) {
  public PortRange {
    if (first < 0 || last > 65535 || first > last) {
      throw new IllegalArgumentException("not a range of ports: " + first + ":" + last);
    }
  }

  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  public boolean isSinglePort() {
    return first == last;
  }

  /** As iptables writes it: {@code 80} or {@code 8000:8010}. */
  @Override
  public String toString() {
    return isSinglePort() ? Integer.toString(first) : first + ":" + last;
  }
}
