package felix.dataplane.netlink;

import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.model.Cidr;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What happened in a lab, when a test wants to know. A mark of ours shows that all is there. */
public final class EventFeed implements AutoCloseable {
  /** A way to nowhere for an address of the documentation. */
  private static final RouteMessage MARK =
      new RouteMessage(
          RouteKey.main(Cidr.parse("192.0.2.1"), 0),
          new RouteKind(RouteMessage.TYPE_BLACKHOLE, RouteMessage.SCOPE_GLOBAL, 99),
          new NextHop(0, null, false),
          null);

  private final Rtnetlink hand;
  private final RtnetlinkEvents events;

  /** Hears of what happens from now on. */
  public EventFeed(Lab lab, Rtnetlink hand) {
    this.hand = hand;
    this.events = lab.netlink().subscribe(Set.of(IpVersion.V4, IpVersion.V6));
  }

  /** All that happened since the last call. */
  public List<RtnetlinkEvent> take() {
    List<Refusal> refusals = hand.execute(List.of(Samples.add(MARK), Samples.delete(MARK)));
    if (!refusals.isEmpty()) {
      throw new AssertionError(refusals);
    }
    var all = new ArrayList<RtnetlinkEvent>();
    while (all.isEmpty() || !isMark(all.getLast()) || !all.getLast().gone()) {
      if (!(events.receive() instanceof Happened happened)) {
        throw new AssertionError("events were lost");
      }
      all.addAll(happened.events());
    }
    all.removeIf(EventFeed::isMark);
    return all;
  }

  @Override
  public void close() {
    events.close();
  }

  private static boolean isMark(RtnetlinkEvent event) {
    return event.object().equals(MARK);
  }
}
