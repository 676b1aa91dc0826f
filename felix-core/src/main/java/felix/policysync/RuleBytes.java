package felix.policysync;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.model.HttpMatch;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Message {@code Rule}, without its ID. Numbers of fields are v3.14's. */
final class RuleBytes {
  private static final String ICMP = "icmp";
  private static final String ICMP_V6 = "icmpv6";

  private RuleBytes() {}

  static ProtoFields of(ActiveRule rule) {
    ActiveEntity source = rule.source();
    ActiveEntity destination = rule.destination();
    var fields = new ProtoFields();
    fields.text(1, action(rule.action())).number(2, ipVersion(rule));
    protocol(fields, 3, rule.protocol());
    fields.texts(4, source.nets());
    ports(fields, 5, source.ports());
    fields.texts(6, destination.nets());
    ports(fields, 7, destination.ports());
    icmp(fields, 8, rule.icmp());
    fields
        .texts(10, source.ipSets())
        .texts(11, destination.ipSets())
        .texts(12, source.portSets())
        .texts(13, destination.portSets());
    protocol(fields, 102, rule.notProtocol());
    fields.texts(103, source.notNets());
    ports(fields, 104, source.notPorts());
    fields.texts(105, destination.notNets());
    ports(fields, 106, destination.notPorts());
    icmp(fields, 107, rule.notIcmp());
    fields
        .texts(109, source.notIpSets())
        .texts(110, destination.notIpSets())
        .texts(112, source.notPortSets())
        .texts(113, destination.notPortSets());
    origin(fields, rule.origin());
    metadata(fields, rule.annotations());
    return fields;
  }

  private static String action(RuleAction action) {
    return switch (action) {
      case ALLOW -> "allow";
      case DENY -> "deny";
      case LOG -> "log";
      case PASS -> "next-tier";
    };
  }

  /** What the rule says, or what its protocol is of; 0 is both. */
  private static int ipVersion(ActiveRule rule) {
    String protocol = rule.protocol() == null ? "" : rule.protocol().text();
    if (rule.ipVersion() == null) {
      return protocol.equals(ICMP) ? 4 : protocol.equals(ICMP_V6) ? 6 : 0;
    }
    return rule.ipVersion() == IpVersion.V4 ? 4 : 6;
  }

  private static void protocol(ProtoFields fields, int field, @Nullable Protocol protocol) {
    if (protocol == null) {
      return;
    }
    boolean byNumber = protocol.text().equals(Integer.toString(protocol.number()));
    fields.message(
        field,
        byNumber
            ? new ProtoFields().numberEvenIfZero(1, protocol.number())
            : new ProtoFields().textEvenIfEmpty(2, protocol.text()));
  }

  private static void ports(ProtoFields fields, int field, Collection<PortRange> ranges) {
    ranges.forEach(
        range ->
            fields.message(
                field, new ProtoFields().number(1, range.first()).number(2, range.last())));
  }

  /**
   * A type, or both.
   *
   * @param field of the type alone; the next one is of both
   */
  private static void icmp(ProtoFields fields, int field, @Nullable IcmpMatch icmp) {
    if (icmp == null) {
      return;
    }
    Integer code = icmp.code();
    if (code == null) {
      fields.numberEvenIfZero(field, icmp.type());
    } else {
      fields.message(field + 1, new ProtoFields().number(1, icmp.type()).number(2, code));
    }
  }

  private static void origin(ProtoFields fields, RuleOrigin origin) {
    RuleOrigin.Side source = origin.source();
    RuleOrigin.Side destination = origin.destination();
    fields
        .text(114, source.selector())
        .text(115, destination.selector())
        .text(116, source.namespaceSelector())
        .text(117, destination.namespaceSelector())
        .text(118, source.notSelector())
        .text(119, destination.notSelector());
    serviceAccounts(fields, 120, source);
    serviceAccounts(fields, 121, destination);
    http(fields, origin.http());
  }

  private static void serviceAccounts(ProtoFields fields, int field, RuleOrigin.Side side) {
    if (!side.serviceAccountSelector().isEmpty() || !side.serviceAccountNames().isEmpty()) {
      fields.message(
          field,
          new ProtoFields()
              .text(1, side.serviceAccountSelector())
              .texts(2, side.serviceAccountNames()));
    }
  }

  private static void http(ProtoFields fields, @Nullable HttpMatch http) {
    if (http == null) {
      return;
    }
    ProtoFields match = new ProtoFields().texts(1, http.methods());
    for (HttpMatch.Path path : http.paths()) {
      match.message(2, new ProtoFields().textEvenIfEmpty(path.prefix() ? 2 : 1, path.text()));
    }
    fields.message(122, match);
  }

  /** From {@code key=value} texts; no key has that sign in it. */
  private static void metadata(ProtoFields fields, Collection<String> annotations) {
    if (annotations.isEmpty()) {
      return;
    }
    var metadata = new ProtoFields();
    for (String annotation : annotations) {
      int equals = annotation.indexOf('=');
      metadata.message(
          1, MapEntry.of(annotation.substring(0, equals), annotation.substring(equals + 1)));
    }
    fields.message(123, metadata);
  }
}
