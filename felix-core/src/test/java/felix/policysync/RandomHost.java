package felix.policysync;

import felix.delta.ActiveEntity;
import felix.delta.ActivePolicy;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.LocalDelta;
import felix.delta.TierPolicies;
import felix.model.Cidr;
import felix.model.Labels;
import felix.model.PolicyKey;
import felix.model.PolicyKind;
import felix.model.PolicyStage;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the calculation graph may have found at some time, made up: complete, and with nothing in it
 * that nobody needs.
 */
record RandomHost(
    Map<WorkloadEndpointKey, ActiveWorkload> workloads,
    Map<PolicyKey, ActivePolicy> policies,
    Map<String, ActiveRules> profiles,
    Map<IpSetId, Set<IpSetMember>> ipSets,
    Map<ProfileLabelsKey, ProfileLabels> profileLabels) {
  static final RandomHost EMPTY = new RandomHost(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  private static final int WORKLOADS = 3;
  private static final List<String> TIERS = List.of("default", "security");

  static WorkloadEndpointKey key(int i) {
    return new WorkloadEndpointKey("node1", "k8s", "default/pod" + i, "eth0");
  }

  static RandomHost next(Random random) {
    var host =
        new RandomHost(
            new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (int i = 0; i < WORKLOADS; i++) {
      if (random.nextInt(4) > 0) {
        host.workloads.put(key(i), host.workload(i, random));
      }
    }
    for (String profile : List.of("kns.default", "kns.web", "ksa.web.shop", "other")) {
      if (random.nextBoolean()) {
        host.profileLabels.put(
            new ProfileLabelsKey(profile),
            new ProfileLabels(Labels.of(Map.of("pcns.a", "" + random.nextInt(2)))));
      }
    }
    return host;
  }

  /** What came between a time before and this one. */
  SyncDelta since(RandomHost before) {
    var delta = LocalDelta.none();
    changes(before.workloads, workloads, delta.workloads());
    changes(before.policies, policies, delta.policies());
    changes(before.profiles, profiles, delta.profiles());
    changes(before.profileLabels, profileLabels, delta.profileLabels());
    changes(types(before), types(this), delta.ipSets());
    before.ipSets.forEach(
        (id, members) -> members.forEach(member -> delta.members().remove(id, member)));
    ipSets.forEach((id, members) -> members.forEach(member -> delta.members().add(id, member)));
    return new SyncDelta(true, delta);
  }

  private static Map<IpSetId, IpSetType> types(RandomHost host) {
    var types = new HashMap<IpSetId, IpSetType>();
    host.ipSets.keySet().forEach(id -> types.put(id, IpSetType.NET));
    return types;
  }

  private static <K, V> void changes(Map<K, V> before, Map<K, V> after, Changes<K, V> into) {
    var keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.forEach(key -> into.record(key, before.get(key), after.get(key)));
  }

  private ActiveWorkload workload(int i, Random random) {
    var tiers =
        TIERS.stream()
            .filter(tier -> random.nextBoolean())
            .map(
                tier -> new TierPolicies(tier, RuleAction.DENY, policies(random), policies(random)))
            .toList();
    var names = some(2, random).mapToObj(n -> "profile" + n).toList();
    names.forEach(name -> profiles.computeIfAbsent(name, absent -> rules(random)));
    return new ActiveWorkload(
        "cali" + i,
        List.of(Cidr.parse("10.0.0." + random.nextInt(2) + "/32")),
        null,
        tiers,
        names,
        WorkloadExtras.NONE);
  }

  private List<PolicyKey> policies(Random random) {
    var keys =
        some(4, random)
            .mapToObj(n -> new PolicyKey(PolicyKind.GLOBAL_NETWORK_POLICY, "", "policy" + n))
            .toList();
    Consumer<PolicyKey> make =
        key ->
            policies.computeIfAbsent(
                key, absent -> new ActivePolicy("default", PolicyStage.TRACKED, rules(random)));
    keys.forEach(make);
    return keys;
  }

  /** One of few, so that some stay as they are. */
  private ActiveRules rules(Random random) {
    var variant = new Random(random.nextInt(4));
    return rulesOf(variant);
  }

  private ActiveRules rulesOf(Random random) {
    return new ActiveRules(
        List.of(rule(entity(random), ActiveEntity.ANY)),
        List.of(rule(ActiveEntity.ANY, entity(random))));
  }

  private static ActiveRule rule(ActiveEntity source, ActiveEntity destination) {
    return new ActiveRule(
        RuleAction.ALLOW,
        null,
        null,
        null,
        null,
        null,
        source,
        destination,
        List.of(),
        RuleOrigin.NONE);
  }

  private ActiveEntity entity(Random random) {
    return new ActiveEntity(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        sets(random),
        sets(random),
        sets(random),
        sets(random));
  }

  private List<IpSetId> sets(Random random) {
    var ids = some(5, random).mapToObj(n -> new IpSetId("s:" + n)).limit(1).toList();
    ids.forEach(id -> ipSets.computeIfAbsent(id, absent -> members(random)));
    return ids;
  }

  private static Set<IpSetMember> members(Random random) {
    var members = new HashSet<IpSetMember>();
    some(6, random)
        .forEach(n -> members.add(new IpSetMember.Net(Cidr.parse("10.1.0." + n + "/32"))));
    return members;
  }

  private static IntStream some(int of, Random random) {
    return IntStream.range(0, of).filter(n -> random.nextInt(3) == 0).boxed().toList().stream()
        .mapToInt(n -> n);
  }
}
