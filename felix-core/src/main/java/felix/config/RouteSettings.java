package felix.config;

import java.time.Duration;
import java.util.List;

/** Route tables and metrics. */
public final class RouteSettings {
  private static final int MOST_PRIORITY = 2_147_483_646;
  private static final String MAIN_TABLE = "all routes are in the main table";
  private static final String LIVE_MIGRATION = "live migration is not supported yet";

  public static final Setting<String> ROUTE_TABLE_RANGE =
      Setting.of(
              "RouteTableRange",
              NetworkTypes.TABLE_RANGE,
              "1-250",
              "Numbers of route tables that the agent may use.")
          .vital()
          .unused(MAIN_TABLE);

  public static final Setting<List<String>> ROUTE_TABLE_RANGES =
      Setting.of(
              "RouteTableRanges",
              NetworkTypes.TABLE_RANGES,
              "",
              "The same in several ranges; comes before RouteTableRange.")
          .vital()
          .unused(MAIN_TABLE);

  public static final Setting<Integer> IPV4_NORMAL_ROUTE_PRIORITY =
      Setting.of(
          "IPv4NormalRoutePriority",
          priority(),
          "",
          "Metric of IPv4 routes to workloads; none, as in Felix v3.14, if not set.");

  public static final Setting<Integer> IPV4_ELEVATED_ROUTE_PRIORITY =
      Setting.of(
              "IPv4ElevatedRoutePriority",
              priority(),
              "512",
              "Metric of IPv4 routes to workloads that are being moved here.")
          .unused(LIVE_MIGRATION);

  public static final Setting<Integer> IPV6_NORMAL_ROUTE_PRIORITY =
      Setting.of(
          "IPv6NormalRoutePriority", priority(), "1024", "Metric of IPv6 routes to workloads.");

  public static final Setting<Integer> IPV6_ELEVATED_ROUTE_PRIORITY =
      Setting.of(
              "IPv6ElevatedRoutePriority",
              priority(),
              "512",
              "Metric of IPv6 routes to workloads that are being moved here.")
          .unused(LIVE_MIGRATION);

  public static final Setting<Duration> LIVE_MIGRATION_ROUTE_CONVERGENCE_TIME =
      Setting.of(
              "LiveMigrationRouteConvergenceTime",
              Types.SECONDS,
              "30",
              "How long after a move its routes keep their elevated priority.")
          .unused(LIVE_MIGRATION);

  static final List<Setting<?>> ALL =
      List.of(
          ROUTE_TABLE_RANGE,
          ROUTE_TABLE_RANGES,
          IPV4_NORMAL_ROUTE_PRIORITY,
          IPV4_ELEVATED_ROUTE_PRIORITY,
          IPV6_NORMAL_ROUTE_PRIORITY,
          IPV6_ELEVATED_ROUTE_PRIORITY,
          LIVE_MIGRATION_ROUTE_CONVERGENCE_TIME);

  private RouteSettings() {}

  private static ValueType<Integer> priority() {
    return Types.integer(1, MOST_PRIORITY);
  }
}
