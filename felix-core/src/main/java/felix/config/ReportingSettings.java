package felix.config;

import java.time.Duration;
import java.util.List;

/** What the agent tells others of itself and of its endpoints, in the datastore and in files. */
public final class ReportingSettings {
  public static final Setting<Duration> REPORTING_INTERVAL =
      Setting.of(
              "ReportingIntervalSecs",
              Types.SECONDS,
              "30",
              "How often the agent writes its status to the datastore; 0 for never.")
          .live();

  public static final Setting<Duration> REPORTING_TTL =
      Setting.of(
              "ReportingTTLSecs",
              Types.SECONDS,
              "90",
              "How long that status stays when the agent does not renew it; 0 for ever.")
          .live();

  public static final Setting<Boolean> ENDPOINT_REPORTING_ENABLED =
      Setting.of(
              "EndpointReportingEnabled",
              Types.BOOL,
              "false",
              "Whether to write the status of endpoints to the datastore.")
          .live();

  public static final Setting<Duration> ENDPOINT_REPORTING_DELAY =
      Setting.of(
              "EndpointReportingDelaySecs",
              Types.SECONDS,
              "1",
              "How long to wait between writes of endpoints' status to the datastore.")
          .live();

  public static final Setting<String> ENDPOINT_STATUS_PATH_PREFIX =
      Setting.of(
          "EndpointStatusPathPrefix",
          TimeoutTypes.ABSOLUTE_PATH,
          "/var/run/calico",
          "Folder in which endpoint-status lists the endpoints that are up, where there is such a"
              + " folder; none for no list.");

  static final List<Setting<?>> ALL =
      List.of(
          REPORTING_INTERVAL,
          REPORTING_TTL,
          ENDPOINT_REPORTING_ENABLED,
          ENDPOINT_REPORTING_DELAY,
          ENDPOINT_STATUS_PATH_PREFIX);

  private ReportingSettings() {}
}
