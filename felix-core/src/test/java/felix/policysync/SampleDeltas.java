package felix.policysync;

import com.google.protobuf.DynamicMessage;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.delta.MemberChanges;
import felix.delta.NetworkDelta;
import felix.model.Cidr;
import felix.model.Labels;
import felix.model.ProfileLabels;
import felix.model.ProfileLabelsKey;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.WorkloadEndpointKey;
import felix.model.WorkloadExtras;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Deltas of a graph that knows one profile, calico, which all workloads name. */
final class SampleDeltas {
  static final ActiveRules NO_RULES = new ActiveRules(List.of(), List.of());

  private SampleDeltas() {}

  static WorkloadEndpointKey key(String name) {
    return new WorkloadEndpointKey("node1", "k8s", "default/" + name, "eth0");
  }

  static ActiveWorkload workload() {
    return new ActiveWorkload(
        "cali1",
        List.of(Cidr.parse("10.0.0.2/32")),
        null,
        List.of(),
        List.of("calico"),
        WorkloadExtras.NONE);
  }

  /** The first delta, with these. */
  static DataplaneDelta workloads(String... names) {
    var delta =
        delta(
            workloads -> {
              for (String name : names) {
                workloads.record(key(name), null, workload());
              }
            },
            new Changes<>(),
            new MemberChanges());
    delta.profiles().record("calico", null, NO_RULES);
    return delta;
  }

  /** A label that changes each time, long enough that few of them fill a socket. */
  static DataplaneDelta labels(int i) {
    var delta = delta(workloads -> {}, new Changes<>(), new MemberChanges());
    delta
        .profileLabels()
        .record(new ProfileLabelsKey("kns.default"), i == 1 ? null : label(i - 1), label(i));
    return delta;
  }

  private static ProfileLabels label(int i) {
    return new ProfileLabels(Labels.of(Map.of("v", "x".repeat(1000) + "value-" + i)));
  }

  static DataplaneDelta delta(
      Consumer<Changes<WorkloadEndpointKey, ActiveWorkload>> change,
      Changes<IpSetId, IpSetType> sets,
      MemberChanges members) {
    var workloads = new Changes<WorkloadEndpointKey, ActiveWorkload>();
    change.accept(workloads);
    return new DataplaneDelta(
        1,
        true,
        sets,
        members,
        new Changes<>(),
        new Changes<>(),
        workloads,
        new Changes<>(),
        new Changes<>(),
        NetworkDelta.none(Encapsulations.NONE),
        new Changes<>());
  }

  /** One rule with one set. */
  static ActiveRules naming(String ipSet) {
    var source =
        new ActiveEntity(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new IpSetId(ipSet)),
            List.of(),
            List.of(),
            List.of());
    return new ActiveRules(
        List.of(
            new ActiveRule(
                RuleAction.ALLOW,
                null,
                null,
                null,
                null,
                null,
                source,
                ActiveEntity.ANY,
                List.of(),
                RuleOrigin.NONE)),
        List.of());
  }

  /** How many members an update or a change of a set adds. */
  static long members(DynamicMessage message) {
    return message.getAllFields().values().stream()
        .map(DynamicMessage.class::cast)
        .flatMap(set -> set.getAllFields().entrySet().stream())
        .filter(field -> field.getKey().getName().endsWith("members"))
        .mapToLong(field -> ((Collection<?>) field.getValue()).size())
        .sum();
  }
}
