package felix.dataplane.rules;

import felix.delta.IpSetId;
import felix.model.IpVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets through the chains of one table as the kernel does. Knows nothing of policy: what
 * it finds is what the rules do.
 */
final class PacketWalk {
  private final Map<String, Chain> chains;
  private final SetMembers members;
  private final HostAddresses local;
  private final Map<String, IpSetId> setsByKernelName = new HashMap<>();

  /** A host that has no address. */
  PacketWalk(Map<String, Chain> chains, SetMembers members, IpVersion version) {
    this(chains, members, version, HostAddresses.NONE);
  }

  PacketWalk(
      Map<String, Chain> chains, SetMembers members, IpVersion version, HostAddresses local) {
    this.chains = chains;
    this.members = members;
    this.local = local;
    members
        .bySet()
        .keySet()
        .forEach(id -> setsByKernelName.put(IpSetNames.kernelName(version, id), id));
    chains.values().forEach(KernelDemands::check);
  }

  /**
   * What becomes of a packet.
   *
   * @param mark as it leaves the table
   * @param logLines how many were written
   * @param untracked whether connection tracking will not see it
   * @param dscp what its field was set to; null if it is as it came
   * @param translation what gives it another address; null for none
   * @param rules how many it was held against
   */
  record Outcome(
      Verdict verdict,
      int mark,
      int logLines,
      boolean untracked,
      @Nullable Integer dscp,
      @Nullable Action translation,
      int rules) {}

  enum Verdict {
    ACCEPT,
    DROP,
    /** Our rules leave it to the rest of the kernel's chain. */
    UNDECIDED
  }

  Outcome from(String kernelChain, Packet packet, int mark) {
    var walk = new Walk(packet, mark);
    var verdict = walk.through(kernelChain);
    return new Outcome(
        verdict, walk.mark, walk.logLines, walk.untracked, walk.dscp, walk.translation, walk.rules);
  }

  /** One packet on its way. */
  private final class Walk {
    private final Packet packet;
    private int mark;
    private int logLines;
    private boolean untracked;
    private @Nullable Integer dscp;
    private @Nullable Action translation;
    private int rules;

    Walk(Packet packet, int mark) {
      this.packet = packet;
      this.mark = mark;
    }

    /** The verdict, or undecided if the chain returned to its caller. */
    Verdict through(String name) {
      for (var rule : chain(name).rules()) {
        rules++;
        if (!rule.matches().stream().allMatch(this::matches)) {
          continue;
        }
        switch (rule.action()) {
          case Action.Accept() -> {
            return Verdict.ACCEPT;
          }
          case Action.Drop(), Action.Reject() -> {
            return Verdict.DROP;
          }
          case Action.Return() -> {
            return Verdict.UNDECIDED;
          }
          case Action.Goto(var target) -> {
            return through(target);
          }
          case Action.Jump(var target) -> {
            var verdict = through(target);
            if (verdict != Verdict.UNDECIDED) {
              return verdict;
            }
          }
          case Action.SetMark(var bits) -> mark |= bits;
          case Action.ClearMark(var bits) -> mark &= ~bits;
          case Action.SetMaskedMark(var value, var mask) -> mark = (mark & ~mask) | value;
          case Action.Log(var prefix) -> logLines++;
          case Action.NoTrack() -> untracked = true;
          case Action.Masquerade masquerade -> {
            translation = masquerade;
            return Verdict.ACCEPT;
          }
          case Action.DestinationNat destinationNat -> {
            translation = destinationNat;
            return Verdict.ACCEPT;
          }
          case Action.SetDscp(var value) -> dscp = value;
          case Action.SourceNat sourceNat -> {
            translation = sourceNat;
            return Verdict.ACCEPT;
          }
        }
      }
      return Verdict.UNDECIDED;
    }

    private boolean matches(Match match) {
      return switch (match) {
        case Match.InInterface(var name) -> isInterface(packet.way().in(), name);
        case Match.OutInterface(var name) -> isInterface(packet.way().out(), name);
        case Match.OfProtocol(var protocol, var negated) ->
            negated != (protocol.number() == packet.payload().protocol());
        case Match.InNet(var side, var net, var negated) ->
            negated != net.contains(packet.address(side));
        case Match.IsAddress(var side, var address) -> packet.address(side).equals(address);
        case Match.Limited limited -> true;
        case Match.InIpSet(var side, var set, var negated) ->
            negated != members.holds(id(set), packet.address(side));
        case Match.InPortSet(var side, var set, var negated) ->
            negated != members.holds(id(set), packet, side);
        case Match.OfPorts(var side, var ports, var negated) ->
            negated
                != ports.stream()
                    .anyMatch(
                        range ->
                            range.first() <= packet.port(side)
                                && packet.port(side) <= range.last());
        case Match.OfIcmp(var version, var icmp, var negated) ->
            negated
                != (icmp.type() == packet.payload().icmpType()
                    && (icmp.code() == null || icmp.code() == packet.payload().icmpCode()));
        case Match.MarkSet(var bits) -> (mark & bits) == bits;
        case Match.MarkClear(var bits) -> (mark & bits) == 0;
        case Match.InState(var state) -> packet.way().connection() == connection(state);
        case Match.ReversePathFails() -> packet.way().reversePathFails();
        case Match.IsLocal(var side, var ofOutInterface, var negated) ->
            negated
                != (ofOutInterface
                    ? local.isOf(packet.way().out(), packet.address(side))
                    : local.isLocal(packet.address(side)));
      };
    }
  }

  private Chain chain(String name) {
    var chain = chains.get(name);
    if (chain == null) {
      throw new AssertionError("no chain " + name);
    }
    return chain;
  }

  private IpSetId id(String kernelName) {
    var id = setsByKernelName.get(kernelName);
    if (id == null) {
      throw new AssertionError("no set " + kernelName);
    }
    return id;
  }

  private static Packet.Connection connection(Match.ConnectionState state) {
    return switch (state) {
      case RELATED_OR_ESTABLISHED -> Packet.Connection.ESTABLISHED;
      case INVALID -> Packet.Connection.INVALID;
    };
  }

  private static boolean isInterface(@Nullable String name, String pattern) {
    if (name == null) {
      return false;
    }
    return pattern.endsWith("+")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
