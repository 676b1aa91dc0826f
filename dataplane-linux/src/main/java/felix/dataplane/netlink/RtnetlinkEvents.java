package felix.dataplane.netlink;

import java.util.List;

/**
 * What happens to links, addresses, neighbours and routes, as it happens. Belongs to one thread.
 */
public interface RtnetlinkEvents extends AutoCloseable {
  /**
   * Waits for events, a fraction of a second at most.
   *
   * @throws felix.dataplane.reconcile.KernelException if there will be none any more
   */
  Received receive();

  @Override
  void close();

  /** What came. */
  sealed interface Received {}

  /** Events in their order; none if nothing happened. */
  record Happened(List<RtnetlinkEvent> events) implements Received {
    public Happened {
      events = List.copyOf(events);
    }
  }

  /**
   * The kernel had more to say than there was room for. All is to be read anew, and a new
   * subscription made before that: on this one nothing is reported until all that came earlier is
   * received, and nothing says when that is.
   */
  record Lost() implements Received {}
}
