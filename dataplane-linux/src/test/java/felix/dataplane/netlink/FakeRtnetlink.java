package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;

/** A conversation with a fake kernel. */
final class FakeRtnetlink implements Rtnetlink {
  private static final Errno CARRIED_OUT = new Errno(0);
  private static final Errno UNKNOWN_HERE = new Errno(95);

  private final FakeKernel kernel;
  private final Faults faults;
  private long requestsSent;

  FakeRtnetlink(FakeKernel kernel, Faults faults) {
    this.kernel = kernel;
    this.faults = faults;
  }

  @Override
  public List<LinkMessage> links() {
    faults.beforeDump();
    return List.copyOf(kernel.links.list());
  }

  @Override
  public List<AddressMessage> addresses() {
    faults.beforeDump();
    return List.copyOf(kernel.addresses.list());
  }

  @Override
  public List<RouteMessage> routes(IpVersion version) {
    faults.beforeDump();
    return kernel.routes.list(version);
  }

  @Override
  public List<NeighbourMessage> neighbours(NeighbourTable table) {
    faults.beforeDump();
    return kernel.neighbours.list(table);
  }

  @Override
  public List<RuleMessage> rules(IpVersion version) {
    faults.beforeDump();
    return List.of();
  }

  @Override
  public List<Refusal> execute(List<Request> requests) {
    var refusals = new ArrayList<Refusal>();
    for (Request request : requests) {
      requestsSent++;
      Errno errno = faults.verdict(request);
      if (errno.equals(CARRIED_OUT)) {
        errno = carryOut(request);
      }
      if (!errno.equals(CARRIED_OUT)) {
        refusals.add(new Refusal(request, errno, ""));
      }
    }
    return refusals;
  }

  @Override
  public long requestsSent() {
    return requestsSent;
  }

  @Override
  public void close() {}

  private Errno carryOut(Request request) {
    return switch (request.object()) {
      case RouteMessage route -> kernel.routes.execute(request.operation(), route);
      case NeighbourMessage neighbour -> kernel.neighbours.execute(request.operation(), neighbour);
      case AddressMessage address -> kernel.addresses.execute(request.operation(), address);
      case LinkMessage link -> kernel.links.execute(request.operation(), link);
      case RuleMessage rule -> UNKNOWN_HERE;
    };
  }
}
