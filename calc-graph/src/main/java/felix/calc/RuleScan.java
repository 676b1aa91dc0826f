package felix.calc;

import felix.calc.IpSetDefinition.NamedPort;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.IpSetId;
import felix.model.EntityMatch;
import felix.model.Protocol;
import felix.model.Rule;
import felix.model.Rules;
import felix.selector.Selector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one policy or profile, read: what becomes of them, and the IP sets that they need.
 * Depends on nothing but the rules. Which sets stand for a side of a rule:
 *
 * <ul>
 *   <li>A negated selector narrows the positive one where there is one. Alone it is a set that must
 *       not match: it then speaks of addresses outside of the cluster, too.
 *   <li>A named port is a set narrowed by the positive selector, also if it is negated: the rule
 *       can match nothing else anyway.
 *   <li>The positive selector's own set is left out if there are ports and all are named.
 * </ul>
 */
final class RuleScan {
  private static final Selector ALL = new Selector.All();

  private final DefinitionCache cache;
  private final Map<IpSetId, IpSetDefinition> ipSets = new LinkedHashMap<>();
  private final ActiveRules rules;

  /**
   * The definitions for selectors, since their IDs are hashes. For one batch, so it stays small.
   */
  static final class DefinitionCache {
    private final Map<EntitySelectors, IpSetDefinition> bySelectors = new HashMap<>();

    private record EntitySelectors(String selector, @Nullable String notSelector) {}

    IpSetDefinition get(String selector, @Nullable String notSelector) {
      return bySelectors.computeIfAbsent(
          new EntitySelectors(selector, notSelector), DefinitionCache::make);
    }

    private static IpSetDefinition make(EntitySelectors texts) {
      Selector selector = Selector.parse(texts.selector);
      if (texts.notSelector != null) {
        selector = selector.except(Selector.parse(texts.notSelector));
      }
      return IpSetDefinition.ofSelector(selector);
    }
  }

  RuleScan(Rules rules, DefinitionCache cache) {
    this.cache = cache;
    this.rules = new ActiveRules(activeRules(rules.ingress()), activeRules(rules.egress()));
  }

  ActiveRules rules() {
    return rules;
  }

  Map<IpSetId, IpSetDefinition> ipSets() {
    return ipSets;
  }

  private List<ActiveRule> activeRules(List<Rule> rules) {
    return rules.stream().map(this::activeRule).toList();
  }

  private ActiveRule activeRule(Rule rule) {
    @Nullable Protocol portProtocol = portProtocol(rule);
    return new ActiveRule(
        rule.action(),
        rule.ipVersion(),
        rule.protocol(),
        rule.notProtocol(),
        rule.icmp(),
        rule.notIcmp(),
        activeEntity(rule.source(), portProtocol),
        activeEntity(rule.destination(), portProtocol),
        rule.annotations(),
        rule.origin());
  }

  /** Of which protocol a named port of the rule is; null: of any that has ports. */
  private static @Nullable Protocol portProtocol(Rule rule) {
    Protocol protocol = rule.protocol();
    if (protocol == null) {
      return null;
    }
    return NamedPort.PROTOCOLS.stream()
        .filter(candidate -> candidate.number() == protocol.number())
        .findFirst()
        .orElse(Protocol.TCP);
  }

  private ActiveEntity activeEntity(EntityMatch match, @Nullable Protocol portProtocol) {
    if (match.equals(EntityMatch.ANY)) {
      return ActiveEntity.ANY;
    }
    String selector = match.selector();
    String not = match.notSelector();
    IpSetDefinition positive = selector == null ? null : cache.get(selector, not);
    IpSetDefinition negative = selector == null && not != null ? cache.get(not, null) : null;
    boolean allPortsNamed = match.ports().isEmpty() && !match.namedPorts().isEmpty();
    return new ActiveEntity(
        match.nets(),
        match.notNets(),
        match.ports(),
        match.notPorts(),
        use(allPortsNamed ? null : positive),
        use(negative),
        usePorts(match.namedPorts(), portProtocol, positive),
        usePorts(match.notNamedPorts(), portProtocol, positive));
  }

  private List<IpSetId> use(@Nullable IpSetDefinition definition) {
    if (definition == null) {
      return List.of();
    }
    ipSets.put(definition.id(), definition);
    return List.of(definition.id());
  }

  private List<IpSetId> usePorts(
      List<String> names, @Nullable Protocol protocol, @Nullable IpSetDefinition positive) {
    if (names.isEmpty()) {
      return List.of();
    }
    IpSetDefinition of = positive == null ? IpSetDefinition.ofSelector(ALL) : positive;
    return names.stream()
        .distinct()
        .flatMap(name -> use(of.withPort(new NamedPort(protocol, name))).stream())
        .toList();
  }
}
