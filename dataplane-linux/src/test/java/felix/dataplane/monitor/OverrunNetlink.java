package felix.dataplane.monitor;

import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.Ethtool;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.Netlink;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvents;
import felix.model.IpVersion;
import java.util.Set;

/** A kernel with which every subscription is overrun at once. */
record OverrunNetlink(Netlink calm) implements Netlink {
  @Override
  public Rtnetlink connect() {
    return calm.connect();
  }

  @Override
  public RtnetlinkEvents subscribe(Set<IpVersion> routes) {
    return new RtnetlinkEvents() {
      @Override
      public Received receive() {
        return new Lost();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Conntrack conntrack() {
    return calm.conntrack();
  }

  @Override
  public IpSets ipSets() {
    return calm.ipSets();
  }

  @Override
  public Ethtool ethtool() {
    return calm.ethtool();
  }
}
