package felix.calc;

import felix.model.AddressTranslation;
import felix.model.BgpConfiguration;
import felix.model.BgpConfigurationKey;
import felix.model.Cidr;
import felix.model.ClusterInformation;
import felix.model.ClusterInformationKey;
import felix.model.EndpointPort;
import felix.model.EntityMatch;
import felix.model.FelixConfiguration;
import felix.model.FelixConfigurationKey;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.IcmpMatch;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpPoolKey;
import felix.model.IpVersion;
import felix.model.IpamBlock;
import felix.model.IpamBlockKey;
import felix.model.Labels;
import felix.model.MacAddress;
import felix.model.NetworkSet;
import felix.model.NetworkSetKey;
import felix.model.Node;
import felix.model.NodeKey;
import felix.model.Policy;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.PortRange;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.ProfileRulesKey;
import felix.model.Protocol;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import felix.model.Tier;
import felix.model.TierKey;
import felix.model.WorkloadEndpoint;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import felix.selector.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random resources out of so few keys, labels, addresses and names that they meet each other all
 * the time.
 */
final class RandomWorld {
  static final String HERE = "here";

  private static final List<String> PROFILES = List.of("p1", "p2", "p3");
  private static final List<ResourceKey> ENDPOINT_KEYS = endpointKeys();
  private static final List<ResourceKey> POLICY_KEYS = join(ENDPOINT_KEYS, otherKeys());
  private static final List<Cidr> ADDRESSES =
      cidrs("10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1", "fd00::2");
  private static final List<Cidr> NETWORKS =
      cidrs("0.0.0.0/0", "0.0.0.0/1", "::/0", "10.0.0.0/8", "10.0.0.1", "fd00::/64", "fd00::1");

  private final Random random;
  private final RandomNetwork network;

  /** Of policy, of the network, or of both, so that there is much of what there is. */
  private final List<ResourceKey> keys;

  RandomWorld(Random random) {
    this.random = random;
    this.network = new RandomNetwork(random);
    this.keys =
        pick(
            List.of(
                POLICY_KEYS,
                join(ENDPOINT_KEYS, RandomNetwork.KEYS),
                join(POLICY_KEYS, RandomNetwork.KEYS)));
  }

  /** What a graph can be configured to do. */
  GraphSettings settings() {
    return new GraphSettings(
        HERE, pick(List.of(GraphSettings.RouteSource.values())), perhaps(), perhaps());
  }

  private Optional<Boolean> perhaps() {
    return chance(60) ? Optional.empty() : Optional.of(chance(50));
  }

  /**
   * Something written, changed in part, rewritten as it is, or removed.
   *
   * @param now what there is
   */
  ResourceUpdate update(Map<ResourceKey, Resource> now) {
    ResourceKey key = pick(keys);
    Resource before = now.get(key);
    if (chance(25)) {
      return new ResourceUpdate(key, null);
    }
    Resource after = resource(key);
    return new ResourceUpdate(key, before != null && chance(60) ? blend(before, after) : after);
  }

  /** The first, with at most one part of the second. */
  private Resource blend(Resource before, Resource after) {
    int part = random.nextInt(8);
    return switch (before) {
      case WorkloadEndpoint a -> blend(a, (WorkloadEndpoint) after, part);
      case Policy a -> blend(a, (Policy) after, part);
      case HostEndpoint a -> blend(a, (HostEndpoint) after, part);
      case BgpConfiguration _ -> part == 0 ? before : after;
      case NetworkSet a -> {
        var b = (NetworkSet) after;
        yield new NetworkSet(
            part == 0 ? b.nets() : a.nets(),
            part == 1 ? b.profiles() : a.profiles(),
            part == 2 ? b.labels() : a.labels());
      }
      case Rules a ->
          new Rules(
              part < 3 ? ((Rules) after).ingress() : a.ingress(),
              part == 3 ? ((Rules) after).egress() : a.egress());
      case Tier a ->
          new Tier(
              part < 3 ? ((Tier) after).order() : a.order(),
              part == 3 ? ((Tier) after).defaultAction() : a.defaultAction());
      case ProfileLabels _, FelixConfiguration _, ClusterInformation _ ->
          part == 0 ? before : after;
      case IpPool _, IpamBlock _, Node _ -> network.blend(before, after);
    };
  }

  private static WorkloadEndpoint blend(WorkloadEndpoint a, WorkloadEndpoint b, int part) {
    return new WorkloadEndpoint(
        a.interfaceName(),
        part == 0 ? b.networks() : a.networks(),
        part == 1 ? b.mac() : a.mac(),
        part == 2 ? b.profiles() : a.profiles(),
        part == 3 ? b.ports() : a.ports(),
        part == 4 ? b.labels() : a.labels(),
        part == 5 ? b.extras() : a.extras());
  }

  private static HostEndpoint blend(HostEndpoint a, HostEndpoint b, int part) {
    return new HostEndpoint(
        part == 0 ? b.host() : a.host(),
        part == 1 ? b.interfaceName() : a.interfaceName(),
        part == 2 ? b.expectedIps() : a.expectedIps(),
        part == 3 ? b.profiles() : a.profiles(),
        part == 4 ? b.ports() : a.ports(),
        part == 5 ? b.labels() : a.labels(),
        part == 6 ? b.dscp() : a.dscp());
  }

  private static Policy blend(Policy a, Policy b, int part) {
    return new Policy(
        part == 0 ? b.tier() : a.tier(),
        part == 1 ? b.order() : a.order(),
        part == 2 ? b.selector() : a.selector(),
        part == 3 ? b.ingress() : a.ingress(),
        part == 4 ? b.egress() : a.egress(),
        part == 6 ? b.stage() : a.stage(),
        part == 7 ? b.onForward() : a.onForward(),
        part == 5 ? b.rules() : a.rules());
  }

  private Resource resource(ResourceKey key) {
    return switch (key) {
      case WorkloadEndpointKey _ -> endpoint();
      case HostEndpointKey _ -> hostEndpoint();
      case BgpConfigurationKey _ -> new BgpConfiguration(some(3, () -> pick(NETWORKS)));
      case NetworkSetKey _ -> new NetworkSet(some(2, () -> pick(NETWORKS)), profiles(), labels());
      case PolicyKey _ -> policy();
      case TierKey _ -> new Tier(order(), chance(50) ? RuleAction.DENY : RuleAction.PASS);
      case ProfileRulesKey _ -> rules();
      case ProfileLabelsKey _ -> new ProfileLabels(labels());
      case FelixConfigurationKey _ -> new FelixConfiguration(Map.of("a", pick(List.of("1", "2"))));
      case ClusterInformationKey _ -> new ClusterInformation(chance(50));
      case IpPoolKey _, IpamBlockKey _, NodeKey _ -> network.resource(key);
    };
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A canonical selector. */
  String selector() {
    return Selector.parse(selectorText(2)).canonical();
  }

  Labels labels() {
    var labels = new HashMap<String, String>();
    some(2, () -> labels.put(label(), value()));
    return Labels.of(labels);
  }

  List<String> profiles() {
    return some(2, () -> pick(PROFILES));
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private WorkloadEndpoint endpoint() {
    return new WorkloadEndpoint(
        "cali" + random.nextInt(3),
        someAtLeastOne(() -> pick(ADDRESSES)),
        chance(50) ? null : new MacAddress(random.nextInt(3)),
        profiles(),
        some(2, this::endpointPort),
        labels(),
        chance(80) ? WorkloadExtras.NONE : extras());
  }

  private WorkloadExtras extras() {
    return new WorkloadExtras(
        some(1, () -> new AddressTranslation(address(), address())),
        some(1, () -> pick(NETWORKS)),
        dscp());
  }

  private HostEndpoint hostEndpoint() {
    return new HostEndpoint(
        pick(List.of(HERE, HERE, "there")),
        chance(30) ? null : pick(List.of("*", "eth0", "eth1")),
        some(2, this::address),
        profiles(),
        some(2, this::endpointPort),
        labels(),
        dscp());
  }

  private @Nullable Integer dscp() {
    return chance(80) ? null : random.nextInt(2);
  }

  private Ip address() {
    return pick(ADDRESSES).address();
  }

  private EndpointPort endpointPort() {
    var protocols = List.of(Protocol.TCP, Protocol.ofNumber(6), Protocol.UDP, Protocol.SCTP);
    return new EndpointPort(portName(), pick(protocols), 80 + random.nextInt(2));
  }

  private Policy policy() {
    String tier = pick(List.of("default", "default", "t1", "t2"));
    PolicyStage stage =
        chance(60)
            ? PolicyStage.TRACKED
            : pick(List.of(PolicyStage.UNTRACKED, PolicyStage.PRE_DNAT));
    return new Policy(
        tier, order(), selector(), chance(70), chance(50), stage, chance(50), rules());
  }

  private @Nullable Double order() {
    return chance(30) ? null : random.nextInt(2) * (chance(80) ? 1.0 : -1.0);
  }

  private Rules rules() {
    return new Rules(some(2, this::rule), some(1, this::rule));
  }

  private Rule rule() {
    var protocols =
        List.of(
            Protocol.TCP, Protocol.UDP, Protocol.SCTP, Protocol.ofNumber(17), Protocol.ofNumber(4));
    return new Rule(
        pick(List.of(RuleAction.values())),
        chance(90) ? null : IpVersion.V6,
        chance(40) ? null : pick(protocols),
        chance(90) ? null : Protocol.UDP,
        chance(90) ? null : new IcmpMatch(8, null),
        null,
        entity(),
        entity(),
        chance(90) ? List.of() : List.of("a=b"),
        chance(90) ? RuleOrigin.NONE : origin());
  }

  private RuleOrigin origin() {
    var side = new RuleOrigin.Side("", "", pick(List.of("all()", "has(a)")), "", List.of());
    return new RuleOrigin(side, RuleOrigin.Side.NONE, null);
  }

  private EntityMatch entity() {
    if (chance(30)) {
      return EntityMatch.ANY;
    }
    return new EntityMatch(
        chance(40) ? null : selector(),
        chance(70) ? null : selector(),
        chance(80) ? List.of() : some(2, () -> pick(NETWORKS)),
        List.of(),
        chance(70) ? List.of() : List.of(PortRange.of(80)),
        chance(60) ? List.of() : some(2, this::portName),
        List.of(),
        chance(80) ? List.of() : some(2, this::portName));
  }

  private String portName() {
    return pick(List.of("http", "dns"));
  }

  private String label() {
    return pick(List.of("a", "b", "c"));
  }

  private String value() {
    return pick(List.of("", "x", "xy"));
  }

  private String selectorText(int levels) {
    int kind = random.nextInt(levels > 0 ? 15 : 10);
    return switch (kind) {
      case 0, 1 -> label() + " == '" + value() + "'";
      case 2 -> label() + " != '" + value() + "'";
      case 3 -> label() + " in {'" + value() + "', '" + value() + "'}";
      case 4 -> label() + " not in {'" + value() + "'}";
      case 5 -> label() + pick(List.of(" contains 'y'", " starts with 'x'", " ends with 'y'"));
      case 6, 7 -> "has(" + label() + ")";
      case 8 -> pick(List.of("all()", "global()", label() + " in {}"));
      case 9 -> "!has(" + label() + ")";
      case 10, 11 -> "(" + selectorText(levels - 1) + " && " + selectorText(levels - 1) + ")";
      case 12, 13 -> "(" + selectorText(levels - 1) + " || " + selectorText(levels - 1) + ")";
      default -> "!(" + selectorText(levels - 1) + ")";
    };
  }

  private <T> List<T> some(int most, Supplier<T> make) {
    return times(random.nextInt(most + 1), make);
  }

  private <T> List<T> someAtLeastOne(Supplier<T> make) {
    return times(1 + random.nextInt(2), make);
  }

  private static <T> List<T> times(int count, Supplier<T> make) {
    var list = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      list.add(make.get());
    }
    return list;
  }

  private static List<Cidr> cidrs(String... texts) {
    return List.of(texts).stream().map(Cidr::parse).toList();
  }

  private static List<ResourceKey> join(List<ResourceKey> some, List<ResourceKey> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static List<ResourceKey> endpointKeys() {
    var keys = new ArrayList<ResourceKey>();
    for (String workload : List.of("default/w1", "default/w2", "other/w3")) {
      keys.add(new WorkloadEndpointKey(HERE, "cni", workload, "eth0"));
      keys.add(new WorkloadEndpointKey("there", "cni", workload, "eth0"));
    }
    keys.add(new WorkloadEndpointKey("aside", "cni", "default/w1", "eth0"));
    for (String name : List.of("h1", "h2", "h3")) {
      keys.add(new HostEndpointKey(name));
    }
    return keys;
  }

  private static List<ResourceKey> otherKeys() {
    var keys = new ArrayList<ResourceKey>();
    for (String profile : PROFILES) {
      keys.add(new ProfileRulesKey(profile));
      keys.add(new ProfileLabelsKey(profile));
    }
    for (String name : List.of("default.a", "b")) {
      keys.add(new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", name));
      keys.add(new PolicyKey(PolicyKind.NETWORK_POLICY, "default", name));
    }
    for (String tier : List.of("default", "t1", "t2")) {
      keys.add(new TierKey(tier));
    }
    keys.add(new NetworkSetKey("", "s1"));
    keys.add(new NetworkSetKey("default", "s2"));
    keys.add(new FelixConfigurationKey("default"));
    keys.add(new ClusterInformationKey());
    keys.add(new BgpConfigurationKey());
    return keys;
  }
}
