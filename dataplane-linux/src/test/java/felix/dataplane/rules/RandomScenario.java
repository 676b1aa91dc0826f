package felix.dataplane.rules;

import felix.delta.ActiveEntity;
import felix.delta.ActiveHost;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.TierPolicies;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.PolicyKey;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadExtras;
import felix.verdict.EncapsulatedTraffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes scenarios, sets and packets of a small world, so that packets often meet rules. The same
 * seed gives the same.
 */
final class RandomScenario {
  private static final List<String> ADDRESSES_V4 =
      List.of("10.1.1.1", "10.1.1.2", "10.1.2.1", "10.2.0.1", "192.0.2.9", "11.0.0.1");
  private static final List<String> NETS_V4 =
      List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.1.0/24", "10.1.1.1/32", "192.0.2.0/24");
  private static final List<String> SERVICES_V4 = List.of("10.2.0.0/16", "192.0.2.9/32");
  private static final List<String> PROTOCOLS =
      List.of(
          "tcp", "tcp", "udp", "sctp", "udplite", "6", "17", "33", "icmp", "icmpv6", "1", "58",
          "47", "4");
  private static final List<Integer> NUMBERS =
      List.of(6, 6, 6, 17, 17, 132, 136, 33, 1, 1, 1, 58, 58, 58, 47, 4);
  private static final List<Integer> PORTS =
      List.of(53, 80, 81, 443, 4789, 61_000, 8000, 8005, 8010);
  private static final List<FailsafePort> FAILSAFE_PORTS =
      List.of(
          new FailsafePort(Protocol.TCP, 80),
          new FailsafePort(Protocol.TCP, 443),
          new FailsafePort(Protocol.TCP, Cidr.parse("10.1.0.0/16"), 8000),
          new FailsafePort(Protocol.TCP, Cidr.parse("fd00:64::a01:0/112"), 8000),
          new FailsafePort(Protocol.UDP, 53));
  private static final List<Integer> ICMP_TYPES = List.of(8, 13, 135);
  private static final List<String> INTERFACES =
      List.of("cali1", "cali2", "cali21", "cali3x", "calixyz", "cali");
  private static final List<String> HOST_INTERFACES =
      List.of("eth0", "eth1", "en", "vxlan.calico", ChainNames.ANY_INTERFACE);
  private static final List<String> TUNNELS = List.of("tunl0", "vxlan.calico");

  private final Random random;

  RandomScenario(long seed) {
    this.random = new Random(seed);
  }

  RuleSettings settings() {
    return new RuleSettings(
        MarkBits.fromMask(pick(List.of(0xffff0000, 0xf, 0x80808080, 0xff00))),
        pick(List.of(List.of("cali"), List.of("cali", "tap"))),
        new RuleSettings.Verdicts(
            chance(0.75) ? AllowAction.ACCEPT : AllowAction.RETURN,
            pick(List.of(AllowAction.values())),
            pick(List.of(DenyAction.values()))),
        pick(List.of(EndpointToHostAction.values())),
        new LogRules("%k/%n", chance(0.5) ? LogLimit.parse("10/minute", 5) : null),
        new EncapsulatedTraffic(pick(List.of(4789, 61_000)), chance(0.3), chance(0.3)),
        new RuleSettings.NatOutgoing(
            chance(0.5) ? new PortRange(10_000, 20_000) : null,
            chance(0.5) ? pick(List.of(Ip.parse("192.0.2.1"), Ip.parse("2001:db8::1"))) : null,
            pick(List.of("", "", "eth0", "eth+")),
            chance(0.3)),
        chance(0.7),
        new RuleSettings.FailsafePorts(some(FAILSAFE_PORTS, 3), some(FAILSAFE_PORTS, 3)),
        new RuleSettings.Extras(true, chance(0.5), pick(List.of(ServiceLoops.values()))));
  }

  OverlayState overlay(IpVersion version) {
    return new OverlayState(
        new Encapsulations(chance(0.5), chance(0.5)),
        some(TUNNELS, 2),
        chance(0.7),
        chance(0.7)
            ? List.of()
            : some(SERVICES_V4, 2).stream().map(net -> net(net, version)).toList());
  }

  /** One address each, sometimes the same. */
  HostAddresses local(IpVersion version) {
    var byInterface = new HashMap<String, Set<Ip>>();
    for (var name : List.of("eth0", "tunl0", "vxlan.calico")) {
      byInterface.put(name, Set.of(ip(pick(ADDRESSES_V4), version)));
    }
    return new HostAddresses(byInterface);
  }

  Scenario scenario() {
    var policies = new LinkedHashMap<PolicyKey, ActivePolicy>();
    var keys =
        policies(
            policies,
            PolicyStage.TRACKED,
            List.of(
                "default.a",
                "default/default.b",
                "default.c",
                "x/late.d",
                "default.e",
                "default.f",
                "default.g"));
    var untracked =
        policies(policies, PolicyStage.UNTRACKED, List.of("default.u", "default.v", "late.w"));
    var preDnat = policies(policies, PolicyStage.PRE_DNAT, List.of("default.p", "late.q"));
    var profiles = new LinkedHashMap<String, ActiveRules>();
    profiles.put("p", rules(() -> rule(false), 0.8));
    profiles.put("q", rules(() -> rule(false), 0.8));
    var workloads = new ArrayList<ActiveWorkload>();
    for (String name : INTERFACES.subList(0, 4 + random.nextInt(INTERFACES.size() - 3))) {
      var tiers = tiers(keys);
      var its = some(List.copyOf(profiles.keySet()), 2);
      if (!workloads.isEmpty() && chance(0.4)) {
        tiers = pick(workloads).tiers();
        its = chance(0.8) ? pick(workloads).profiles() : its;
      }
      workloads.add(new ActiveWorkload(name, networks(), null, tiers, its, extras()));
    }
    var hosts = new LinkedHashMap<String, ActiveHost>();
    for (String name : HOST_INTERFACES) {
      if (chance(0.4)) {
        hosts.put(
            name,
            new ActiveHost(
                name,
                List.of(),
                new ActiveHost.Policies(
                    passing(untracked), passing(preDnat), tiers(keys), tiers(keys)),
                some(List.copyOf(profiles.keySet()), 2),
                null));
      }
    }
    return new Scenario(policies, profiles, workloads, hosts);
  }

  /** Makes policies of a stage; returns their keys. */
  private List<PolicyKey> policies(
      Map<PolicyKey, ActivePolicy> into, PolicyStage stage, List<String> ids) {
    var keys = ids.stream().map(Scenario::policyKey).toList();
    keys.forEach(
        key ->
            into.put(key, new ActivePolicy("default", stage, rules(() -> rule(chance(0.4)), 0.3))));
    return keys;
  }

  private List<Cidr> networks() {
    return both(pick(ADDRESSES_V4)).map(Ip::toCidr).toList();
  }

  private WorkloadExtras extras() {
    String internal = pick(ADDRESSES_V4);
    String external = pick(ADDRESSES_V4);
    return new WorkloadExtras(
        chance(0.3)
            ? Stream.of(IpVersion.values())
                .map(v -> new AddressTranslation(ip(internal, v), ip(external, v)))
                .toList()
            : List.of(),
        chance(0.3)
            ? Stream.of(IpVersion.values()).map(v -> net(pick(NETS_V4), v)).toList()
            : List.of(),
        chance(0.3) ? random.nextInt(64) : null);
  }

  private static Stream<Ip> both(String v4) {
    return Stream.of(IpVersion.values()).map(version -> ip(v4, version));
  }

  SetMembers sets() {
    var sets = new HashMap<IpSetId, Set<IpSetMember>>();
    for (var id : netSets()) {
      var members = new HashSet<IpSetMember>();
      for (var version : IpVersion.values()) {
        some(NETS_V4, 3).forEach(net -> members.add(new IpSetMember.Net(net(net, version))));
      }
      sets.put(id, members);
    }
    for (var id : portSets()) {
      var members = new HashSet<IpSetMember>();
      for (var version : IpVersion.values()) {
        for (String address : some(ADDRESSES_V4, 4)) {
          members.add(
              new IpSetMember.Port(
                  ip(address, version),
                  pick(List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)),
                  pick(PORTS)));
        }
      }
      sets.put(id, members);
    }
    return new SetMembers(sets);
  }

  Packet forwarded(IpVersion version) {
    return packet(version, interfaceName(), interfaceName());
  }

  Packet received(IpVersion version) {
    return packet(version, interfaceName(), null);
  }

  Packet sent(IpVersion version) {
    return packet(version, null, chance(0.4) ? pick(TUNNELS) : interfaceName());
  }

  private Packet packet(IpVersion version, @Nullable String in, @Nullable String out) {
    var connection =
        chance(0.9)
            ? Packet.Connection.NEW
            : pick(List.of(Packet.Connection.ESTABLISHED, Packet.Connection.INVALID));
    return new Packet(
        ip(pick(ADDRESSES_V4), version),
        ip(pick(ADDRESSES_V4), version),
        new Packet.Payload(
            pick(NUMBERS), pick(PORTS), pick(PORTS), pick(ICMP_TYPES), random.nextInt(2)),
        new Packet.Way(in, out, connection, in != null && chance(0.02)));
  }

  private String interfaceName() {
    return chance(0.4) ? pick(List.of("eth0", "eth0", "eth1", "en", "en1")) : workloadInterface();
  }

  /** One with an endpoint mostly. */
  private String workloadInterface() {
    return chance(0.05) ? "cali29" : pick(INTERFACES);
  }

  private List<TierPolicies> tiers(List<PolicyKey> keys) {
    if (chance(0.4)) {
      return List.of(tier("default", RuleAction.DENY, keys));
    }
    return some(List.of("security", "default", "late"), 3).stream()
        .map(name -> tier(name, chance(0.5) ? RuleAction.DENY : RuleAction.PASS, keys))
        .toList();
  }

  /** As the graph makes them for what is decided before the filter table. */
  private List<TierPolicies> passing(List<PolicyKey> keys) {
    return some(List.of("security", "default", "late"), 3).stream()
        .map(name -> tier(name, RuleAction.PASS, keys))
        .toList();
  }

  private TierPolicies tier(String name, RuleAction defaultAction, List<PolicyKey> keys) {
    int most = chance(0.1) ? 7 : 3;
    return new TierPolicies(name, defaultAction, some(keys, most), some(keys, most));
  }

  /**
   * Rules for both directions.
   *
   * @param allowRest the probability that the last one allows everything
   */
  private ActiveRules rules(Supplier<ActiveRule> rule, double allowRest) {
    return new ActiveRules(rulesOfDirection(rule, allowRest), rulesOfDirection(rule, allowRest));
  }

  private List<ActiveRule> rulesOfDirection(Supplier<ActiveRule> rule, double allowRest) {
    var rules = new ArrayList<ActiveRule>();
    for (int i = random.nextInt(4); i > 0; i--) {
      rules.add(rule.get());
    }
    if (chance(allowRest)) {
      rules.add(ActiveRule.of(RuleAction.ALLOW));
    }
    return rules;
  }

  /**
   * A rule.
   *
   * @param odd whether parts may stand together that a validator would refuse
   */
  private ActiveRule rule(boolean odd) {
    var protocol = chance(0.6) ? Protocol.parse(pick(PROTOCOLS)) : null;
    if (!odd && chance(0.4)) {
      return new ActiveRule(
          action(),
          null,
          pick(List.of(Protocol.TCP, Protocol.UDP)),
          null,
          null,
          null,
          manyAlternatives(),
          manyAlternatives(),
          List.of("made=up"),
          RuleOrigin.NONE);
    }
    boolean ports =
        (odd && chance(0.5)) || (protocol != null && Protocol.WITH_PORTS.contains(protocol));
    boolean icmp = protocol != null && protocol.text().startsWith("icmp");
    return new ActiveRule(
        action(),
        (odd || !icmp) && chance(0.1) ? pick(List.of(IpVersion.values())) : null,
        protocol,
        (odd || protocol == null) && chance(0.2) ? Protocol.parse(pick(PROTOCOLS)) : null,
        (odd || icmp) && chance(0.3) ? icmp() : null,
        (odd || icmp) && chance(0.3) ? icmp() : null,
        entity(ports, odd),
        entity(ports, odd),
        List.of(),
        RuleOrigin.NONE);
  }

  private RuleAction action() {
    return pick(
        List.of(
            RuleAction.ALLOW, RuleAction.ALLOW, RuleAction.DENY, RuleAction.PASS, RuleAction.LOG));
  }

  private IcmpMatch icmp() {
    return new IcmpMatch(pick(ICMP_TYPES), chance(0.5) ? random.nextInt(2) : null);
  }

  /** Ports and networks that each need a block. */
  private ActiveEntity manyAlternatives() {
    return new ActiveEntity(
        nets(2, 4, 0.04),
        chance(0.4) ? nets(1, 2, 0) : List.of(),
        chance(0.5) ? ports(10, 30) : List.of(),
        chance(0.2) ? ports(1, 20) : List.of(),
        List.of(),
        List.of(),
        some(portSets(), 2),
        List.of());
  }

  private ActiveEntity entity(boolean ports, boolean odd) {
    return new ActiveEntity(
        chance(0.3) ? nets(1, 3, 0.04) : List.of(),
        chance(0.2) ? nets(1, 3, odd ? 0.04 : 0) : List.of(),
        ports && chance(0.4) ? ports(1, 20) : List.of(),
        ports && chance(0.2) ? ports(1, odd ? 90 : 20) : List.of(),
        chance(0.3) ? some(ipSets(), 1) : List.of(),
        chance(0.2) ? some(ipSets(), odd ? 6 : 1) : List.of(),
        ports && chance(0.3) ? some(portSets(), 2) : List.of(),
        ports && chance(0.1) ? some(portSets(), odd ? 6 : 2) : List.of());
  }

  /**
   * Networks of both families.
   *
   * @param all the probability of each to be that of all addresses
   */
  private List<Cidr> nets(int least, int most, double all) {
    var nets = new ArrayList<Cidr>();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      var version = chance(0.15) ? null : pick(List.of(IpVersion.values()));
      // Mostly in pairs, or else a rule would seldom be for either family.
      for (var each : version == null ? List.of(IpVersion.V4) : List.of(IpVersion.values())) {
        nets.add(chance(all) ? new Cidr(ip("0.0.0.0", each), 0) : net(pick(NETS_V4), each));
      }
    }
    return nets;
  }

  private List<PortRange> ports(int least, int most) {
    var ports = new ArrayList<PortRange>();
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      int first = chance(0.3) ? pick(PORTS) : 10_000 + random.nextInt(50_000);
      ports.add(chance(0.7) ? PortRange.of(first) : new PortRange(first, first + 5));
    }
    return ports;
  }

  private static List<IpSetId> ipSets() {
    return ids("s:0", "s:1", "s:2", "s:3", "s:4", "s:5");
  }

  private static List<IpSetId> netSets() {
    var all = new ArrayList<>(ipSets());
    all.add(FixedIpSets.ALL_POOLS);
    all.add(FixedIpSets.MASQUERADED_POOLS);
    all.add(FixedIpSets.ALL_HOSTS);
    all.add(FixedIpSets.ALL_VTEPS);
    all.add(FixedIpSets.DSCP_SOURCES);
    return all;
  }

  private static List<IpSetId> portSets() {
    return ids("n:0", "n:1", "n:2", "n:3", "n:4", "n:5");
  }

  private static List<IpSetId> ids(String... names) {
    return Arrays.stream(names).map(IpSetId::new).toList();
  }

  private static Cidr net(String v4, IpVersion version) {
    var net = Cidr.parse(v4);
    return version == IpVersion.V4 ? net : new Cidr(likeV6(net.address()), 96 + net.prefixLength());
  }

  private static Ip ip(String v4, IpVersion version) {
    var ip = Ip.parse(v4);
    return version == IpVersion.V4 ? ip : likeV6(ip);
  }

  private static Ip likeV6(Ip v4) {
    return new Ip(IpVersion.V6, 0xfd00_0064_0000_0000L, v4.low());
  }

  private <T> List<T> some(List<T> all, int most) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, random.nextInt(Math.min(most, all.size()) + 1)));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
