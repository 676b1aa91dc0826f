package felix.dataplane.netlink;

import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Events of a fake kernel; may be received on another thread than they happen on. */
final class FakeEvents implements RtnetlinkEvents {
  private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
  private final Set<IpVersion> routes;
  private final Consumer<FakeEvents> onClose;

  FakeEvents(Set<IpVersion> routes, Consumer<FakeEvents> onClose) {
    this.routes = routes;
    this.onClose = onClose;
  }

  void add(RtnetlinkEvent event) {
    boolean subscribed =
        !(event.object() instanceof RouteMessage route)
            || routes.contains(route.key().destination().version());
    if (subscribed) {
      queue.add(new Happened(List.of(event)));
    }
  }

  void lose() {
    queue.clear();
    queue.add(new Lost());
  }

  /** All that is there together. */
  @Override
  public Received receive() {
    try {
      Received next = queue.poll(50, TimeUnit.MILLISECONDS);
      var events = new ArrayList<RtnetlinkEvent>();
      while (next instanceof Happened happened) {
        events.addAll(happened.events());
        next = queue.poll();
      }
      return next == null ? new Happened(events) : next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
