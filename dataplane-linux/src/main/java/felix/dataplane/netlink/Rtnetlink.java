package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.IpVersion;
import java.util.List;

/**
 * A conversation with the kernel: the seam between drivers and netlink. Belongs to one thread.
 *
 * <p>Every method throws {@link felix.dataplane.reconcile.KernelException} if there is no complete
 * answer; the next call starts afresh.
 */
public interface Rtnetlink extends AutoCloseable {
  List<LinkMessage> links();

  /** The addresses of all interfaces, of both families. */
  List<AddressMessage> addresses();

  /** The routes of all tables, in the order in which the kernel looks at those of one key. */
  List<RouteMessage> routes(IpVersion version);

  List<NeighbourMessage> neighbours(NeighbourTable table);

  List<RuleMessage> rules(IpVersion version);

  /**
   * Has the kernel carry out requests, in their order. A refused one does not hinder the others.
   *
   * @return what was refused
   */
  List<Refusal> execute(List<Request> requests);

  /** How many requests were sent in all. May be called from any thread. */
  long requestsSent();

  @Override
  void close();
}
