package felix.dataplane.netlink;

import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What happened in a lab, when a test wants to know. A mark of ours shows that all is there. */
public final class EventFeed implements AutoCloseable {
  private static final Ip MARK = Ip.parse("192.0.2.1");
  private static final int LOOPBACK_INDEX = 1;

  private final Rtnetlink hand;
  private final RtnetlinkEvents events;

  /** Hears of what happens from now on. */
  public EventFeed(Lab lab, Rtnetlink hand) {
    this.hand = hand;
    this.events = lab.netlink().subscribe(Set.of(IpVersion.V4, IpVersion.V6));
  }

  /** All that happened since the last call. */
  public List<RtnetlinkEvent> take() {
    NeighbourMessage mark = Samples.neighbour(MARK.toString(), "02:00:00:00:00:fe", LOOPBACK_INDEX);
    List<Refusal> refusals = hand.execute(List.of(Samples.add(mark), Samples.delete(mark)));
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
    return event.object() instanceof NeighbourMessage neighbour && MARK.equals(neighbour.address());
  }
}
