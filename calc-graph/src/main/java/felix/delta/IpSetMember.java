package felix.delta;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;

/** A member of an IP set. */
public sealed interface IpSetMember {
  /** The family: each member belongs to the set of its own family only. */
  IpVersion version();

  /**
   * A network or an address. Never a /0, which the kernel's sets cannot hold: that is two of /1.
   */
  record Net(Cidr cidr) implements IpSetMember {
    public Net {
      if (cidr.prefixLength() == 0) {
        throw new IllegalArgumentException("a set cannot hold " + cidr);
      }
    }

    @Override
    public IpVersion version() {
      return cidr.version();
    }
  }

  /** An address with a port. */
  record Port(Ip ip, Protocol protocol, int port) implements IpSetMember {
    @Override
    public IpVersion version() {
      return ip.version();
    }
  }
}
