package felix.dataplane.netlink;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
  final List<AddressMessage> addresses = new CopyOnWriteArrayList<>();
  private final Faults faults = new Faults();
  private final List<LinkMessage> links = new CopyOnWriteArrayList<>();
  private final List<FakeEvents> subscribers = new CopyOnWriteArrayList<>();
  private int lastIndex = LOOPBACK_INDEX;

  public FakeKernel() {
    links.add(link(LOOPBACK_INDEX, "lo", LinkMessage.FLAG_UP | LinkMessage.FLAG_RUNNING));
  }

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
      public Ethtool ethtool() {
        return FakeKernel.this.ethtool;
      }
    };
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

  /** Lets all subscribers lose what they have not received. */
  public void loseEvents() {
    subscribers.forEach(FakeEvents::lose);
  }

  @Override
  public int addLink(String name) {
    put(link(++lastIndex, name, 0));
    return lastIndex;
  }

  /** Makes a link that is down, and reports no event of it. */
  public void addLinkUnheard(String name) {
    links.add(link(++lastIndex, name, 0));
  }

  @Override
  public void up(String name) {
    put(link(index(name), name, LinkMessage.FLAG_UP | LinkMessage.FLAG_RUNNING));
  }

  @Override
  public void down(String name) {
    put(link(index(name), name, 0));
    flush(index(name));
  }

  @Override
  public void loseCarrier(String name) {
    put(link(index(name), name, LinkMessage.FLAG_UP));
  }

  @Override
  public void rename(String name, String newName) {
    LinkMessage old = named(name);
    put(link(old.index(), newName, old.flags()));
  }

  @Override
  public void delete(String name) {
    LinkMessage gone = named(name);
    links.remove(gone);
    flush(gone.index());
    neighbours.forget(gone.index());
    addresses.stream().filter(address -> address.linkIndex() == gone.index()).forEach(this::remove);
    report(gone, true);
  }

  @Override
  public void addAddress(String name, String cidr) {
    String[] parts = cidr.split("/", 2);
    add(new AddressMessage(index(name), Ip.parse(parts[0]), Integer.parseInt(parts[1]), 0));
  }

  @Override
  public void close() {}

  List<LinkMessage> links() {
    return links;
  }

  void add(AddressMessage address) {
    addresses.add(address);
    report(address, false);
  }

  void remove(AddressMessage address) {
    addresses.remove(address);
    report(address, true);
  }

  /** Why the kernel would not let anything use this link; null if it would. */
  @Nullable Errno unusable(int index) {
    for (LinkMessage link : links) {
      if (link.index() == index) {
        return (link.flags() & LinkMessage.FLAG_UP) == 0 ? Errno.ENETDOWN : null;
      }
    }
    return Errno.ENODEV;
  }

  boolean isLocal(Ip ip) {
    return addresses.stream().anyMatch(address -> address.address().equals(ip));
  }

  private void put(LinkMessage link) {
    links.removeIf(old -> old.index() == link.index());
    links.add(link);
    report(link, false);
  }

  private void flush(int index) {
    routes.flush(index);
    neighbours.flush(index);
  }

  /** How often anything was listed, over all conversations that faults may disturb. */
  public int dumps() {
    return faults.dumps();
  }

  /** Tells all who have subscribed. */
  void report(RtnetlinkObject object, boolean gone) {
    subscribers.forEach(events -> events.add(new RtnetlinkEvent(object, gone)));
  }

  private int index(String name) {
    return named(name).index();
  }

  private LinkMessage named(String name) {
    return links.stream().filter(link -> link.name().equals(name)).findFirst().orElseThrow();
  }

  private static LinkMessage link(int index, String name, int flags) {
    return new LinkMessage(index, name, flags, new LinkSettings("veth", 1500, null, 0, 0));
  }
}
