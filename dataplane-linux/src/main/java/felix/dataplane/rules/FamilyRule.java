package felix.dataplane.rules;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a rule in one family: networks of the other family are gone, and of what the
 * kernel refuses to hear together (two protocols, ports of a protocol without ports, an ICMP type
 * without its protocol) only what can make a difference.
 */
final class FamilyRule {
  private static final Protocol ICMP = Protocol.ofName("icmp");
  private static final Protocol ICMPV6 = Protocol.ofName("icmpv6");

  private FamilyRule() {}

  /**
   * The rule for a family, or null if it is for the other family or no packet can match it. Where
   * the result has a protocol, it has no notProtocol; where it has ICMP matches and a protocol,
   * that is the family's ICMP; where it has ports and a protocol, that has ports.
   */
  static @Nullable ActiveRule of(ActiveRule rule, IpVersion version) {
    var ofFamily = rule.ipVersion() != null ? rule.ipVersion() : impliedFamily(rule.protocol());
    if (ofFamily != null && ofFamily != version) {
      return null;
    }
    var source = netsOf(rule.source(), version);
    var destination = netsOf(rule.destination(), version);
    if (source == null || destination == null) {
      return null;
    }
    Protocol protocol = rule.protocol();
    if (protocol == null && rule.icmp() != null) {
      protocol = icmpOf(version);
    }
    if (protocol == null) {
      return with(rule, null, rule.notProtocol(), rule.notIcmp(), source, destination);
    }
    if (!canMatch(rule, protocol, version)) {
      return null;
    }
    boolean isIcmp = protocol.number() == icmpOf(version).number();
    boolean withPorts = Protocol.hasPorts(protocol.number());
    return with(
        rule,
        protocol,
        null,
        isIcmp ? rule.notIcmp() : null,
        withPorts ? source : withoutNotPorts(source),
        withPorts ? destination : withoutNotPorts(destination));
  }

  /** The protocol that ICMP types belong to. */
  static Protocol icmpOf(IpVersion version) {
    return switch (version) {
      case V4 -> ICMP;
      case V6 -> ICMPV6;
    };
  }

  /** A protocol's name, not its number, ties a rule to a family. */
  private static @Nullable IpVersion impliedFamily(@Nullable Protocol protocol) {
    if (ICMP.equals(protocol)) {
      return IpVersion.V4;
    }
    return ICMPV6.equals(protocol) ? IpVersion.V6 : null;
  }

  private static boolean canMatch(ActiveRule rule, Protocol protocol, IpVersion version) {
    var not = rule.notProtocol();
    boolean excluded = not != null && not.number() == protocol.number();
    boolean icmpOfOther = rule.icmp() != null && protocol.number() != icmpOf(version).number();
    boolean portsOfNone =
        !Protocol.hasPorts(protocol.number())
            && !(rule.source().ports().isEmpty() && rule.destination().ports().isEmpty());
    return !excluded && !icmpOfOther && !portsOfNone;
  }

  /** Null if no address of the family can match. */
  private static @Nullable ActiveEntity netsOf(ActiveEntity entity, IpVersion version) {
    var nets = ofVersion(entity.nets(), version);
    var notNets = ofVersion(entity.notNets(), version);
    boolean emptied =
        (nets.isEmpty() && !entity.nets().isEmpty())
            || (notNets.isEmpty() && !entity.notNets().isEmpty());
    // iptables-nft refuses "! --source 0.0.0.0/0".
    boolean excludesAll = notNets.stream().anyMatch(net -> net.prefixLength() == 0);
    return emptied || excludesAll ? null : with(entity, nets, notNets, entity.notPorts());
  }

  private static List<Cidr> ofVersion(List<Cidr> nets, IpVersion version) {
    return nets.stream().filter(net -> net.version() == version).toList();
  }

  private static ActiveEntity withoutNotPorts(ActiveEntity entity) {
    return with(entity, entity.nets(), entity.notNets(), List.of());
  }

  private static ActiveEntity with(
      ActiveEntity entity, List<Cidr> nets, List<Cidr> notNets, List<PortRange> notPorts) {
    return new ActiveEntity(
        nets,
        notNets,
        entity.ports(),
        notPorts,
        entity.ipSets(),
        entity.notIpSets(),
        entity.portSets(),
        entity.notPortSets());
  }

  private static ActiveRule with(
      ActiveRule rule,
      @Nullable Protocol protocol,
      @Nullable Protocol notProtocol,
      @Nullable IcmpMatch notIcmp,
      ActiveEntity source,
      ActiveEntity destination) {
    return new ActiveRule(
        rule.action(),
        null,
        protocol,
        notProtocol,
        rule.icmp(),
        notIcmp,
        source,
        destination,
        rule.annotations(),
        rule.origin());
  }
}
