package felix.model;

/**
 * An address of a host, and how much of it the hosts of its subnet share.
 *
 * @param prefixLength that of the subnet; all bits where none is known
 */
public record HostAddress(Ip ip, int prefixLength) {
  public HostAddress {
    if (prefixLength < 0 || prefixLength > ip.version().bits()) {
      throw new IllegalArgumentException("prefix length out of range: /" + prefixLength);
    }
  }

  public Cidr subnet() {
    return new Cidr(ip, prefixLength);
  }

  @Override
  public String toString() {
    return ip + "/" + prefixLength;
  }
}
