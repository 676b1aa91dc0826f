package felix.delta;

import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** Hands on the members that make up a network: itself, or the halves of a /0. */
    public static void forEach(Cidr network, Consumer<? super Net> action) {
      if (network.prefixLength() > 0) {
        action.accept(new Net(network));
        return;
      }
      Ip upperHalf =
          switch (network.version()) {
            case V4 -> new Ip(IpVersion.V4, 0, 1L << 31);
            case V6 -> new Ip(IpVersion.V6, 1L << 63, 0);
          };
      action.accept(new Net(new Cidr(network.address(), 1)));
      action.accept(new Net(new Cidr(upperHalf, 1)));
    }

    @Override
    public IpVersion version() {
      return cidr.version();
    }

    // What a record does by itself goes through method handles, which C1 does not see through.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Net net && cidr.equals(net.cidr));
    }

    @Override
    public int hashCode() {
      return cidr.hashCode();
    }
  }

  /** An address with a port. */
  record Port(Ip ip, Protocol protocol, int port) implements IpSetMember {
    @Override
    public IpVersion version() {
      return ip.version();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Port member
              && port == member.port
              && ip.equals(member.ip)
              && protocol.equals(member.protocol));
    }

    @Override
    public int hashCode() {
      return 31 * ip.hashCode() + port;
    }
  }
}
