package felix.dataplane.ipset;

import felix.delta.IpSetMember;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.Protocol;

/** Members from text. */
public final class Members {
  private Members() {}

  public static IpSetMember net(String cidr) {
    return new IpSetMember.Net(Cidr.parse(cidr));
  }

  public static IpSetMember port(String ip, String protocol, int port) {
    return new IpSetMember.Port(Ip.parse(ip), Protocol.ofName(protocol), port);
  }
}
