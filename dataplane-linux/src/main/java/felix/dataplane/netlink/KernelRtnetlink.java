package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.IpVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Requests and dumps over a socket. */
final class KernelRtnetlink implements Rtnetlink {
  private final Exchanges exchanges;
  private final AtomicLong requestsSent = new AtomicLong();

  KernelRtnetlink(Conversation.Opener opener) {
    this.exchanges = new Exchanges(opener);
  }

  @Override
  public List<LinkMessage> links() {
    return dump("links", Codecs.LINKS, Family.UNSPECIFIED);
  }

  @Override
  public List<AddressMessage> addresses() {
    return dump("addresses", Codecs.ADDRESSES, Family.UNSPECIFIED);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A kernel without IPv6 answers with the routes of all families that it has; likewise below.
   */
  @Override
  public List<RouteMessage> routes(IpVersion version) {
    List<RouteMessage> routes = dump("routes " + version, Codecs.ROUTES, Family.of(version));
    routes.removeIf(route -> route.key().destination().version() != version);
    return routes;
  }

  @Override
  public List<NeighbourMessage> neighbours(NeighbourTable table) {
    List<NeighbourMessage> neighbours =
        dump("neighbours " + table, Codecs.NEIGHBOURS, table.family());
    neighbours.removeIf(neighbour -> neighbour.table() != table);
    return neighbours;
  }

  @Override
  public List<RuleMessage> rules(IpVersion version) {
    List<RuleMessage> rules = dump("rules " + version, Codecs.RULES, Family.of(version));
    rules.removeIf(rule -> rule.selector().version() != version);
    return rules;
  }

  @Override
  public List<Refusal> execute(List<Request> requests) {
    return exchanges.batches(requests, this::encode).stream()
        .map(failed -> new Refusal(failed.request(), failed.code().errno(), failed.code().words()))
        .toList();
  }

  @Override
  public long requestsSent() {
    return requestsSent.get();
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private void encode(Request request, int flags, int sequence, MessageWriter out) {
    requestsSent.incrementAndGet();
    Codecs.encode(request, flags, sequence, out);
  }

  private <T extends RtnetlinkObject> List<T> dump(String what, Codec<T> codec, int family) {
    return exchanges.dump(
        what,
        codec.getType(),
        out -> codec.encodeDump(family, out),
        message -> message.type() == codec.newType() ? codec.decode(message.body()) : null);
  }
}
