package felix.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The agent as a program. */
public final class ProcessSettings {
  private static final String GO = "the agent is no Go program; see JAVA_OPTS of its launcher";

  private static final ValueType<Integer> AT_LEAST_MINUS_1 = Types.integer(-1, Integer.MAX_VALUE);

  private static final ValueType<Map<String, String>> GATES =
      new ValueType<>("a comma list of name=value", Map.of(), ProcessSettings::gates);

  static final Setting<Integer> GO_GC_THRESHOLD =
      Setting.of(
              "GoGCThreshold",
              AT_LEAST_MINUS_1,
              "40",
              "How much the heap may grow between collections, in percent.")
          .unused(GO);

  static final Setting<Integer> GO_MEMORY_LIMIT_MB =
      Setting.of(
              "GoMemoryLimitMB",
              AT_LEAST_MINUS_1,
              "-1",
              "How much memory to use at most, in MB; -1 for no limit.")
          .unused(GO);

  static final Setting<Integer> GO_MAX_PROCS =
      Setting.of("GoMaxProcs", AT_LEAST_MINUS_1, "-1", "How many processors to use; -1 for all.")
          .unused(GO);

  static final Setting<Map<String, String>> FEATURE_GATES =
      Setting.of("FeatureGates", GATES, "", "Experiments to take part in.")
          .unused("none of them is here");

  static final Setting<Boolean> USE_INTERNAL_DATAPLANE_DRIVER =
      Setting.of(
              "UseInternalDataplaneDriver",
              Types.BOOL,
              "true",
              "Whether the agent itself programs the kernel.")
          .unused("it always does");

  static final Setting<String> DATAPLANE_DRIVER =
      Setting.of(
              "DataplaneDriver",
              Types.TEXT,
              "calico-iptables-plugin",
              "Program to do that instead.")
          .nonZero()
          .vital()
          .unused("the agent itself programs the kernel");

  public static final Setting<String> POLICY_SYNC_PATH_PREFIX =
      Setting.of(
          "PolicySyncPathPrefix",
          TimeoutTypes.ABSOLUTE_PATH,
          "",
          "Folder of the sockets on which workloads are told their policies; not offered if not"
              + " set.");

  static final Setting<Boolean> SIDECAR_ACCELERATION_ENABLED =
      Setting.of(
              "SidecarAccelerationEnabled",
              Types.BOOL,
              "false",
              "Whether connections within this host bypass its network.")
          .unused("an experiment that Felix has given up");

  static final Setting<String> VARIANT =
      Setting.of("Variant", Types.TEXT, "Calico", "Name of the product.")
          .unused("there is one only");

  static final List<Setting<?>> ALL =
      List.of(
          GO_GC_THRESHOLD,
          GO_MEMORY_LIMIT_MB,
          GO_MAX_PROCS,
          FEATURE_GATES,
          USE_INTERNAL_DATAPLANE_DRIVER,
          DATAPLANE_DRIVER,
          POLICY_SYNC_PATH_PREFIX,
          SIDECAR_ACCELERATION_ENABLED,
          VARIANT);

  private ProcessSettings() {}

  private static Map<String, String> gates(String text) {
    var gates = new TreeMap<String, String>();
    for (String item : Types.items(text)) {
      int equals = item.indexOf('=');
      Types.checked(item, equals > 0);
      gates.put(item.substring(0, equals).trim(), item.substring(equals + 1).trim());
    }
    return Collections.unmodifiableMap(gates);
  }
}
