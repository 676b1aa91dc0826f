package felix.policysync;

import com.google.protobuf.DynamicMessage;
import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.ActiveRules;
import felix.delta.ActiveWorkload;
import felix.delta.DataplaneDelta;
import felix.delta.Encapsulations;
import felix.delta.IpSetId;
import felix.delta.LocalDelta;
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
    return delta(
        local -> {
          for (String name : names) {
            local.workloads().record(key(name), null, workload());
          }
          local.profiles().record("calico", null, NO_RULES);
        });
  }

  /** A label that changes each time, long enough that few of them fill a socket. */
  static DataplaneDelta labels(int i) {
    return delta(
        local ->
            local
                .profileLabels()
                .record(
                    new ProfileLabelsKey("kns.default"), i == 1 ? null : label(i - 1), label(i)));
  }

  private static ProfileLabels label(int i) {
    return new ProfileLabels(Labels.of(Map.of("v", "x".repeat(1000) + "value-" + i)));
  }

  static DataplaneDelta delta(Consumer<LocalDelta> change) {
    var local = LocalDelta.none();
    change.accept(local);
    return new DataplaneDelta(1, true, local, NetworkDelta.none(Encapsulations.NONE));
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
