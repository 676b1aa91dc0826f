package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Requests and dumps over a socket. */
final class KernelRtnetlink implements Rtnetlink {
  /** Larger batches gained nothing when measured. */
  private static final int BATCH_SIZE = 100;

  /** Requests are much shorter. */
  private static final int MAX_REQUEST_BYTES = 1 << 10;

  /** A dump is interrupted when its objects change meanwhile, which they may well do again. */
  private static final int DUMP_ATTEMPTS = 10;

  private final Conversation conversation;
  private final AtomicLong requestsSent = new AtomicLong();

  KernelRtnetlink(Conversation.Opener opener) {
    this.conversation = new Conversation(opener, BATCH_SIZE * MAX_REQUEST_BYTES);
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
    var refusals = new ArrayList<Refusal>();
    for (int from = 0; from < requests.size(); from += BATCH_SIZE) {
      List<Request> batch = requests.subList(from, Math.min(requests.size(), from + BATCH_SIZE));
      refusals.addAll(
          conversation.run("send " + batch.size() + " requests", () -> executeBatch(batch)));
    }
    return refusals;
  }

  @Override
  public long requestsSent() {
    return requestsSent.get();
  }

  @Override
  public void close() {
    conversation.close();
  }

  private <T extends RtnetlinkObject> List<T> dump(String what, Codec<T> codec, int family) {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      Optional<List<T>> objects = conversation.run("list " + what, () -> tryDump(codec, family));
      if (objects.isPresent()) {
        return objects.get();
      }
    }
    throw new KernelException("list " + what, "interrupted " + DUMP_ATTEMPTS + " times");
  }

  /** Empty if the answer is not complete: others changed what it is about, or parts were lost. */
  private <T extends RtnetlinkObject> Optional<List<T>> tryDump(Codec<T> codec, int family)
      throws SocketException {
    try {
      return dumpOnce(codec, family);
    } catch (SocketException e) {
      if (e.errno().equals(Errno.ENOBUFS) || e.errno().equals(Errno.EBUSY)) {
        conversation.close(); // with what is left of the dump
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T extends RtnetlinkObject> Optional<List<T>> dumpOnce(Codec<T> codec, int family)
      throws SocketException {
    int sequence = conversation.takeSequences(1);
    MessageWriter out = conversation.write();
    out.begin(codec.getType(), RawMessage.FLAG_REQUEST | RawMessage.FLAG_DUMP, sequence);
    codec.encodeDump(family, out);
    out.end();
    conversation.send();

    var objects = new ArrayList<T>();
    boolean interrupted = false;
    while (true) {
      for (RawMessage message : conversation.answers()) {
        if (message.sequence() != sequence) {
          continue;
        }
        interrupted |= (message.flags() & RawMessage.FLAG_DUMP_INTERRUPTED) != 0;
        if (message.type() == RawMessage.DONE || message.type() == RawMessage.ERROR) {
          AnswerCode.of(message).requireSuccess();
          return interrupted ? Optional.empty() : Optional.of(objects);
        }
        T object = message.type() == codec.newType() ? codec.decode(message.body()) : null;
        if (object != null) {
          objects.add(object);
        }
      }
    }
  }

  /** Only the last request asks for an answer; one that fails is answered anyway. */
  private List<Refusal> executeBatch(List<Request> batch) throws SocketException {
    int first = conversation.takeSequences(batch.size());
    int last = batch.size() - 1;
    MessageWriter out = conversation.write();
    for (int i = 0; i <= last; i++) {
      int flags = RawMessage.FLAG_REQUEST | (i == last ? RawMessage.FLAG_ACK : 0);
      Codecs.encode(batch.get(i), flags, first + i, out);
    }
    requestsSent.addAndGet(batch.size());
    conversation.send();

    var refusals = new ArrayList<Refusal>();
    while (true) {
      for (RawMessage message : conversation.answers()) {
        int i = message.sequence() - first;
        if (i < 0 || i > last || message.type() != RawMessage.ERROR) {
          continue;
        }
        AnswerCode code = AnswerCode.of(message);
        if (code.isFailure()) {
          refusals.add(new Refusal(batch.get(i), code.errno(), code.words()));
        }
        if (i == last) {
          return refusals;
        }
      }
    }
  }
}
