package felix.dataplane.netlink;

import felix.dataplane.netlink.IpSetCodec.Part;
import felix.dataplane.netlink.IpSetCodec.Range;
import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.dataplane.reconcile.KernelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists and changes over a socket. */
final class KernelIpSets implements IpSets {
  /** Linux has 6 since 2.6.39 and both since 4.20; they differ in what we do not use. */
  private static final Range PROTOCOLS = new Range(6, 7);

  /** Later ones may differ in how members are written. */
  private static final Range REVISIONS = new Range(0, 7);

  /** 50 members of the longest kind; in all less than a socket sends in one piece. */
  private static final Exchanges.Limits LIMITS = new Exchanges.Limits(20, 3 << 10);

  private final Exchanges exchanges;
  private final Map<IpSetHeader, Integer> revisions = new HashMap<>();
  private final MembersDigest digest = new MembersDigest();

  /** The version to speak; 0 until it is known. */
  private int protocol;

  KernelIpSets(Conversation.Opener opener) {
    this.exchanges = new Exchanges(opener, LIMITS);
  }

  @Override
  public boolean areSupported() {
    return chooseProtocol();
  }

  @Override
  public <R extends Reader> R list(Supplier<R> readers) {
    requireProtocol();
    return exchanges.gatherDump(
        "ipsets",
        IpSetCodec.LIST,
        out -> IpSetCodec.encodeList(protocol, true, out),
        () -> new Gatherer<>(readers.get(), digest));
  }

  @Override
  public List<ListedIpSet> headers() {
    requireProtocol();
    return exchanges.dump(
        "ipsets",
        IpSetCodec.LIST,
        out -> IpSetCodec.encodeList(protocol, false, out),
        message -> {
          Part part = IpSetCodec.decode(message.body());
          return part.header() == null ? null : listed(part, part.header());
        });
  }

  @Override
  public List<IpSetRefusal> run(List<IpSetRequest> requests) {
    requireProtocol();
    var refusals = new ArrayList<IpSetRefusal>();
    var possible = new ArrayList<IpSetRequest>(requests.size());
    for (IpSetRequest request : requests) {
      if (request instanceof Create create && revision(create.header()) < 0) {
        refusals.add(new IpSetRefusal(request, request.toString(), IpSetErrors.FIND_TYPE));
      } else {
        possible.add(request);
      }
    }
    exchanges.batches(possible, this::encode, KernelIpSets::line).stream()
        .map(failed -> refusal(failed.request(), failed.code().errno(), failed.line()))
        .forEach(refusals::add);
    return refusals;
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private void encode(IpSetRequest request, int flags, int sequence, MessageWriter out) {
    int revision = request instanceof Create create ? revision(create.header()) : 0;
    IpSetCodec.encode(request, protocol, revision, flags, sequence, out);
  }

  /** Where the kernel did not look at the members at all, it names the first. */
  private static int line(RawMessage answer) {
    try {
      return IpSetCodec.decodeLine(AnswerCode.request(answer));
    } catch (MalformedMessageException e) {
      return -1;
    }
  }

  private static IpSetRefusal refusal(IpSetRequest request, Errno errno, int line) {
    boolean known =
        request instanceof Members members && line >= 0 && line < members.entries().count();
    String what = known ? ((Members) request).toString(line) : request.toString();
    return new IpSetRefusal(request, what, errno);
  }

  private void requireProtocol() {
    if (!chooseProtocol()) {
      throw new KernelException("ipset", "this kernel has no IP sets");
    }
  }

  private boolean chooseProtocol() {
    if (protocol == 0) {
      Optional<Range> kernels =
          exchanges.ask(
              "ipset protocol",
              IpSetCodec.PROTOCOL,
              out -> IpSetCodec.encodeProtocol(PROTOCOLS.highest(), out),
              message -> IpSetCodec.decodeProtocol(message.body()),
              Errno.EINVAL);
      kernels.ifPresent(range -> protocol = common("protocol", PROTOCOLS, range));
    }
    return protocol != 0;
  }

  /** Of the type of set that is to be made; -1 if the kernel does not know the type. */
  private int revision(IpSetHeader header) {
    Integer known = revisions.get(header);
    if (known != null) {
      return known;
    }
    Optional<Range> kernels =
        exchanges.ask(
            "ipset type " + header.type(),
            IpSetCodec.TYPE,
            out -> IpSetCodec.encodeType(protocol, header, out),
            message -> IpSetCodec.decodeType(message.body()),
            IpSetErrors.FIND_TYPE);
    if (kernels.isEmpty()) {
      return -1; // until a module is installed
    }
    int revision = common(header.type(), REVISIONS, kernels.get());
    revisions.put(header, revision);
    return revision;
  }

  private static int common(String what, Range ours, Range kernels) {
    int common = ours.commonWith(kernels);
    if (common < 0) {
      throw new KernelException(
          "ipset " + what, "the kernel has versions " + kernels + ", we have " + ours);
    }
    return common;
  }

  private static ListedIpSet listed(Part part, IpSetHeader header) {
    return new ListedIpSet(part.name(), header, part.references(), part.size());
  }

  /** Hands on what is listed, and counts: a set that others change meanwhile may lack members. */
  private static final class Gatherer<R extends Reader> implements Exchanges.Gatherer<R> {
    private final R reader;
    private final MembersDigest digest;
    private final IpSetMemberCodec codec = new IpSetMemberCodec();
    private @Nullable ListedIpSet set;
    private @Nullable MemberReader members;
    private boolean decodes;
    private int count;
    private boolean complete = true;

    Gatherer(R reader, MembersDigest digest) {
      this.reader = reader;
      this.digest = digest;
    }

    @Override
    public void take(RawMessage message) {
      Part part = IpSetCodec.decode(message.body());
      if (part.header() != null) {
        endSet();
        set = listed(part, part.header());
        members = reader.take(set);
        decodes = members != null && members.wantsMembers();
        count = 0;
        digest.begin();
      } else if (set == null || !set.name().equals(part.name())) {
        throw new MalformedMessageException("members of a set without its header");
      }
      if (part.members() != null && members != null) {
        digest.add(part.members());
        if (decodes) {
          count += codec.decode(part.members(), members);
        }
      }
    }

    @Override
    public Optional<R> finish() {
      endSet();
      return complete ? Optional.of(reader) : Optional.empty();
    }

    private void endSet() {
      if (set == null || members == null) {
        return;
      }
      if (decodes && set.size() != ListedIpSet.UNKNOWN) {
        complete &= set.size() == count;
      }
      members.end(digest.end());
    }
  }
}
