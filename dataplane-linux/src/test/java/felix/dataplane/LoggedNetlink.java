package felix.dataplane;

import felix.dataplane.netlink.Conntrack;
import felix.dataplane.netlink.Ethtool;
import felix.dataplane.netlink.IpSetRefusal;
import felix.dataplane.netlink.IpSetRequest;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.ListedIpSet;
import felix.dataplane.netlink.Netlink;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvents;
import felix.dataplane.netlink.RuleFingerprints;
import felix.model.IpVersion;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ways to a kernel, with its IP sets from elsewhere, that note what is asked of these.
 *
 * @param log takes {@code ipset list} and {@code ipset change}
 */
record LoggedNetlink(Netlink others, Supplier<IpSets> sets, Consumer<String> log)
    implements Netlink {
  @Override
  public Rtnetlink connect() {
    return others.connect();
  }

  @Override
  public RtnetlinkEvents subscribe(Set<IpVersion> routes) {
    return others.subscribe(routes);
  }

  @Override
  public Conntrack conntrack() {
    return others.conntrack();
  }

  @Override
  public Ethtool ethtool() {
    return others.ethtool();
  }

  @Override
  public RuleFingerprints rules() {
    return others.rules();
  }

  @Override
  public IpSets ipSets() {
    return new LoggedSets(sets.get(), log);
  }

  private record LoggedSets(IpSets sets, Consumer<String> log) implements IpSets {
    @Override
    public boolean areSupported() {
      return sets.areSupported();
    }

    @Override
    public <R extends Reader> R list(Supplier<R> readers) {
      log.accept("ipset list");
      return sets.list(readers);
    }

    @Override
    public List<ListedIpSet> headers() {
      log.accept("ipset list");
      return sets.headers();
    }

    @Override
    public List<IpSetRefusal> run(List<IpSetRequest> requests) {
      log.accept("ipset change");
      return sets.run(requests);
    }

    @Override
    public void close() {
      sets.close();
    }
  }
}
