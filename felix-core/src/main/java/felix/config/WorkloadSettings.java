package felix.config;

import felix.model.PortRange;
import java.time.Duration;
import java.util.List;

/** What workloads and services get beyond routes and policy. */
public final class WorkloadSettings {
  private static final String NO_L2 = "this host answers for workloads on their interfaces only";

  public static final Setting<String> FLOATING_IPS =
      Setting.of(
          "FloatingIPs",
          Types.choice("Disabled", "Enabled"),
          "Enabled",
          "Whether workloads get the further addresses that their endpoints ask for.");

  public static final Setting<String> SERVICE_LOOP_PREVENTION =
      Setting.of(
          "ServiceLoopPrevention",
          Types.choice("Drop", "Reject", "Disabled"),
          "Drop",
          "What becomes of packets to addresses of services that nobody serves.");

  public static final Setting<String> WORKLOAD_SOURCE_SPOOFING =
      Setting.of(
          "WorkloadSourceSpoofing",
          Types.choice("Disabled", "Any"),
          "Disabled",
          "Whether endpoints may ask to send from addresses that are not theirs.");

  public static final Setting<List<PortRange>> KUBE_NODE_PORT_RANGES =
      Setting.of(
              "KubeNodePortRanges",
              NetworkTypes.PORT_RANGES,
              "30000:32767",
              "Ports of this host that are services' of Kubernetes.")
          .unused("only for kube-proxy's mode IPVS, which is not supported");

  public static final Setting<String> LOCAL_SUBNET_L2_REACHABILITY =
      Setting.of(
              "LocalSubnetL2Reachability",
              Types.choice("Disabled", "PodsAndLoadBalancers"),
              "Disabled",
              "Whether this host answers for workloads' addresses within its own subnet.")
          .unused(NO_L2);

  public static final Setting<Duration> LOCAL_SUBNET_L2_REACHABILITY_REFRESH_INTERVAL =
      Setting.of(
              "LocalSubnetL2ReachabilityRefreshInterval",
              Types.SECONDS,
              "120",
              "How often it announces them.")
          .unused(NO_L2);

  public static final Setting<String> CONNTRACK_CLEANUP_ON_POLICY_CHANGE =
      Setting.of(
          "ConntrackCleanupOnPolicyChange",
          Types.choice("Disabled", "Enabled"),
          "Disabled",
          "Whether connections of workloads that policy has come to deny are cut. Disabled: policy"
              + " decides about new connections only.");

  static final List<Setting<?>> ALL =
      List.of(
          FLOATING_IPS,
          SERVICE_LOOP_PREVENTION,
          WORKLOAD_SOURCE_SPOOFING,
          KUBE_NODE_PORT_RANGES,
          LOCAL_SUBNET_L2_REACHABILITY,
          LOCAL_SUBNET_L2_REACHABILITY_REFRESH_INTERVAL,
          CONNTRACK_CLEANUP_ON_POLICY_CHANGE);

  private WorkloadSettings() {}
}
