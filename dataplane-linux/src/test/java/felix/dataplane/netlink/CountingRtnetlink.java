package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.IpVersion;
import java.util.List;

/** A conversation in which dumps are counted. */
public final class CountingRtnetlink implements Rtnetlink {
  private final Rtnetlink netlink;
  private int dumps;

  public CountingRtnetlink(Rtnetlink netlink) {
    this.netlink = netlink;
  }

  /** How often anything was listed. */
  public int dumps() {
    return dumps;
  }

  @Override
  public List<LinkMessage> links() {
    dumps++;
    return netlink.links();
  }

  @Override
  public List<AddressMessage> addresses() {
    dumps++;
    return netlink.addresses();
  }

  @Override
  public List<RouteMessage> routes(IpVersion version) {
    dumps++;
    return netlink.routes(version);
  }

  @Override
  public List<NeighbourMessage> neighbours(NeighbourTable table) {
    dumps++;
    return netlink.neighbours(table);
  }

  @Override
  public List<RuleMessage> rules(IpVersion version) {
    dumps++;
    return netlink.rules(version);
  }

  @Override
  public List<Refusal> execute(List<Request> requests) {
    return netlink.execute(requests);
  }

  @Override
  public long requestsSent() {
    return netlink.requestsSent();
  }

  @Override
  public void close() {
    netlink.close();
  }
}
