package felix.datastore;

import felix.model.EntityMatch;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.Protocol;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a policy or a profile. What the kernel would refuse, and with it every other rule of
 * the table, does not get out of here.
 */
final class RuleDecoder {
  private static final int ICMP = 1;
  private static final int ICMP_V6 = 58;

  private static final Set<Integer> WITH_PORTS =
      Set.of(Protocol.TCP.number(), Protocol.UDP.number(), Protocol.SCTP.number());

  private RuleDecoder() {}

  /**
   * @param namespace of the policy; empty if it has none
   */
  static Rules rules(Json spec, String namespace) {
    return new Rules(list(spec.get("ingress"), namespace), list(spec.get("egress"), namespace));
  }

  private static List<Rule> list(Json rules, String namespace) {
    var decoded = new ArrayList<Rule>();
    for (Json rule : rules.items()) {
      decode(rule, namespace).ifPresent(decoded::add);
    }
    return decoded;
  }

  /** Empty if no packet can ever match. */
  private static Optional<Rule> decode(Json rule, String namespace) {
    if (!rule.isObject()) {
      throw rule.bad("expected an object, found " + rule.shown());
    }
    Protocol protocol = protocol(rule.get("protocol"));
    Protocol notProtocol = protocol(rule.get("notProtocol"));
    IcmpMatch icmp = icmp(rule.get("icmp"));
    IcmpMatch notIcmp = icmp(rule.get("notICMP"));
    IpVersion version = ipVersion(rule.get("ipVersion"));
    if (icmp != null || notIcmp != null) {
      version = icmpVersion(rule.get(icmp != null ? "icmp" : "notICMP"), protocol, version);
    }
    boolean never = false;
    if (protocol != null && notProtocol != null) {
      // iptables takes one -p only.
      never = protocol.number() == notProtocol.number();
      notProtocol = null;
    }
    Json source = rule.get("source");
    Json destination = rule.get("destination");
    Rule decoded =
        new Rule(
            action(rule.get("action")),
            version,
            protocol,
            notProtocol,
            icmp,
            notIcmp,
            entity(source, namespace, protocol),
            entity(destination, namespace, protocol),
            annotations(rule.get("metadata").get("annotations")),
            RuleOriginDecoder.decode(rule));
    return never || isService(source) || isService(destination)
        ? Optional.empty()
        : Optional.of(decoded);
  }

  /** In any case; nothing means Allow. Both as in Felix. */
  private static RuleAction action(Json action) {
    return switch (Ascii.toLowerCase(action.textOr(""))) {
      case "", "allow" -> RuleAction.ALLOW;
      case "deny" -> RuleAction.DENY;
      case "log" -> RuleAction.LOG;
      case "pass", "next-tier" -> RuleAction.PASS;
      default -> throw action.bad("unknown action: " + action.shown());
    };
  }

  private static @Nullable Protocol protocol(Json protocol) {
    if (!protocol.isPresent()) {
      return null;
    }
    return protocol.isInteger()
        ? Protocol.ofNumber(protocol.integer(1, 255))
        : protocol.parsed(Protocol::parse);
  }

  private static @Nullable IpVersion ipVersion(Json version) {
    Integer number = version.integerOrNull(4, 6);
    if (number == null) {
      return null;
    }
    return switch (number) {
      case 4 -> IpVersion.V4;
      case 6 -> IpVersion.V6;
      default -> throw version.bad("expected 4 or 6, found " + number);
    };
  }

  /** A code without a type does not count, as in Felix. */
  private static @Nullable IcmpMatch icmp(Json icmp) {
    Integer type = icmp.get("type").integerOrNull(0, 254);
    Integer code = icmp.get("code").integerOrNull(0, 255);
    return type == null ? null : new IcmpMatch(type, code);
  }

  /** The one family in which the kernel takes a match on ICMP types of this protocol. */
  private static IpVersion icmpVersion(
      Json icmp, @Nullable Protocol protocol, @Nullable IpVersion given) {
    IpVersion version =
        switch (protocol == null ? 0 : protocol.number()) {
          case ICMP -> IpVersion.V4;
          case ICMP_V6 -> IpVersion.V6;
          default -> throw icmp.bad("needs protocol ICMP or ICMPv6");
        };
    if (given != null && given != version) {
      throw icmp.bad("not for ipVersion " + given.number());
    }
    return version;
  }

  /** Named ports without a protocol are those of any, as in today's Felix. */
  private static EntityMatch entity(Json entity, String namespace, @Nullable Protocol protocol) {
    EntityMatch match = EntityDecoder.decode(entity, namespace);
    boolean numbers = !match.ports().isEmpty() || !match.notPorts().isEmpty();
    boolean names = !match.namedPorts().isEmpty() || !match.notNamedPorts().isEmpty();
    boolean good =
        protocol == null ? !numbers : !(numbers || names) || WITH_PORTS.contains(protocol.number());
    if (!good) {
      throw entity.bad("ports need protocol TCP, UDP or SCTP");
    }
    return match;
  }

  /**
   * Kubernetes services, of which this datastore has none. Today's Felix makes an IP set of such a
   * match, which stays empty here.
   */
  private static boolean isService(Json entity) {
    Json services = entity.get("services");
    services.get("name").hasText();
    services.get("namespace").hasText();
    return services.isPresent();
  }

  private static List<String> annotations(Json annotations) {
    if (!annotations.isPresent()) {
      return List.of();
    }
    return annotations.texts().entrySet().stream()
        .map(annotation -> annotation.getKey() + "=" + annotation.getValue())
        .toList();
  }
}
