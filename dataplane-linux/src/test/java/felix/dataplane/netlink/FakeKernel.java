package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in memory, as far as links, addresses, routes and neighbours go: it refuses what Linux
 * refuses, with the same numbers, and forgets what Linux forgets when a link goes down. Links,
 * addresses and events may be looked at by several threads, everything else by one.
 */
public final class FakeKernel implements Lab {
  static final int LOOPBACK_INDEX = 1;

  final FakeRoutes routes = new FakeRoutes(this);
  final FakeNeighbours neighbours = new FakeNeighbours(this);
  final FakeEthtool ethtool = new FakeEthtool(this);
  final FakeLinks links = new FakeLinks(this);
  final FakeAddresses addresses = new FakeAddresses(this);
  private final FakeConntrack connections = new FakeConntrack();
  private final Faults faults = new Faults();
  private final List<FakeEvents> subscribers = new CopyOnWriteArrayList<>();
  private final List<Consumer<RtnetlinkEvent>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public Netlink netlink() {
    return new Netlink() {
      @Override
      public Rtnetlink connect() {
        return new FakeRtnetlink(FakeKernel.this, faults);
      }

      @Override
      public RtnetlinkEvents subscribe(Set<IpVersion> routes) {
        var events = new FakeEvents(routes, subscribers::remove);
        subscribers.add(events);
        return events;
      }

      @Override
      public Conntrack conntrack() {
        return connections;
      }

      @Override
      public IpSets ipSets() {
        throw new AssertionError("sets and the rules that name them are fakes of their own");
      }

      @Override
      public Ethtool ethtool() {
        return FakeKernel.this.ethtool;
      }
    };
  }

  /** The connections that it tracks. */
  public FakeConntrack connections() {
    return connections;
  }

  /** A conversation that no fault disturbs. */
  public Rtnetlink undisturbed() {
    return new FakeRtnetlink(this, new Faults());
  }

  /** Refuses the requests that match, until told otherwise. */
  public void refuse(Predicate<Request> which, Errno errno) {
    faults.refuse(which, errno);
  }

  /** Lets the next dumps fail, as ten interruptions in a row would. */
  public void interruptDumps(int count) {
    faults.interruptDumps(count);
  }

  /** No faults any more. */
  public void heal() {
    faults.heal();
  }

  /** Calls a listener as soon as something happens, on the thread where it does. */
  public void listen(Consumer<RtnetlinkEvent> listener) {
    listeners.add(listener);
  }

  /** Lets all subscribers lose what they have not received. */
  public void loseEvents() {
    subscribers.forEach(FakeEvents::lose);
  }

  /** There is no module for IPIP any more, or there is one again. */
  public void installIpip(boolean installed) {
    links.installIpip(installed);
  }

  @Override
  public int addLink(String name) {
    LinkMessage link = links.veth(name, 0);
    links.put(link);
    return link.index();
  }

  /** Makes a link that is down, and reports no event of it. */
  public void addLinkUnheard(String name) {
    links.addUnheard(links.veth(name, 0));
  }

  @Override
  public void up(String name) {
    links.setFlags(links.named(name), FakeLinks.RUNNING);
  }

  @Override
  public void down(String name) {
    links.setFlags(links.named(name), 0);
  }

  @Override
  public void loseCarrier(String name) {
    links.setFlags(links.named(name), LinkMessage.FLAG_UP);
  }

  @Override
  public void rename(String name, String newName) {
    LinkMessage old = links.named(name);
    links.put(new LinkMessage(old.index(), newName, old.flags(), old.settings(), old.vxlan()));
  }

  @Override
  public void delete(String name) {
    links.remove(links.named(name));
  }

  @Override
  public void addAddress(String name, String cidr) {
    String[] parts = cidr.split("/", 2);
    var address =
        new AddressMessage(
            links.named(name).index(), Ip.parse(parts[0]), Integer.parseInt(parts[1]), 0);
    addresses.execute(Request.Operation.REPLACE, address);
  }

  @Override
  public void close() {}

  /** Why the kernel would not let anything use this link; null if it would. */
  @Nullable Errno unusable(int index) {
    LinkMessage link = links.withIndex(index);
    if (link == null) {
      return Errno.ENODEV;
    }
    return link.isUp() ? null : Errno.ENETDOWN;
  }

  boolean isLocal(Ip ip) {
    return addresses.isLocal(ip);
  }

  /** A link went down. */
  void flush(int linkIndex) {
    routes.flush(linkIndex);
    neighbours.flush(linkIndex);
  }

  /** The last address of a link went: it speaks no IPv4 any more. */
  void disableIpv4(int linkIndex) {
    routes.flush(linkIndex, IpVersion.V4);
    neighbours.flush(linkIndex, NeighbourTable.ARP);
  }

  /** A link is gone. */
  void forget(LinkMessage link) {
    flush(link.index());
    neighbours.forget(link.index());
    addresses.forget(link.index());
  }

  /** How often anything was listed, over all conversations that faults may disturb. */
  public int dumps() {
    return faults.dumps();
  }

  /** Tells all who have subscribed. */
  void report(RtnetlinkObject object, boolean gone) {
    var event = new RtnetlinkEvent(object, gone);
    subscribers.forEach(events -> events.add(event));
    listeners.forEach(listener -> listener.accept(event));
  }
}
