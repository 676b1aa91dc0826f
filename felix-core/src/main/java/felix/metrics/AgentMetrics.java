package felix.metrics;

import static felix.metrics.Metric.counter;
import static felix.metrics.Metric.gauge;
import static felix.metrics.Metric.histogram;
import static felix.metrics.Units.NANOS_A_SECOND;

import felix.dataplane.iptables.KeptStatus;
import felix.latency.ChangeKind;
import felix.latency.ChangeLatency;
import felix.latency.LatencyStage;
import java.util.List;
import java.util.function.ToLongFunction;

/** Felix's metrics of its log and of the scrapes, and those that only this agent has. */
final class AgentMetrics {
  private static final double MILLIS_A_SECOND = 1e3;

  static final List<Metric> OF_FELIX =
      List.of(
          counter(
              "felix_log_errors",
              "Failures to write to the log",
              (from, to) -> to.value(reports(from).logs().errors().getAsLong())),
          counter(
              "felix_logs_dropped",
              "Lines of the log that an output was too slow for",
              (from, to) -> to.value(reports(from).logs().dropped().getAsLong())),
          counter(
                  "promhttp_metric_handler_requests_total",
                  "Scrapes that were answered, by HTTP status",
                  (from, to) ->
                      from.server()
                          .answers()
                          .forEach((code, n) -> to.value(n, Integer.toString(code))))
              .by("code"),
          gauge(
              "promhttp_metric_handler_requests_in_flight",
              "Scrapes that are being answered, this one too",
              (from, to) -> to.value(from.server().inFlight())));

  static final List<Metric> OURS =
      List.of(
          gauge(
                  "felix_build_info",
                  "Always 1; the labels say what this agent is made of",
                  (from, to) -> to.value(1, Build.version(), Runtime.version().toString()))
              .by("version", "java"),
          gauge(
              "felix_live",
              "Whether /liveness would say that all is well",
              (from, to) -> to.flag(reports(from).condition().live().getAsBoolean())),
          gauge(
              "felix_ready",
              "Whether /readiness would say that all is well",
              (from, to) -> to.flag(reports(from).condition().ready().getAsBoolean())),
          gauge(
              "felix_kernel_in_sync",
              "Whether the kernel held all that is desired when last looked at",
              (from, to) -> to.flag(from.agent().dataplane().isInSync())),
          histogram(
                  "felix_change_latency_seconds",
                  "Time that changes in etcd took from the message until the kernel had taken them, by stage of the way and kind of change",
                  AgentMetrics::latency)
              .by("stage", "kind"),
          gauge(
              "felix_quarantined_resources",
              "Resources in etcd that cannot be used and are treated as missing",
              (from, to) -> to.value(from.agent().quarantined().getAsInt())),
          gauge(
              "felix_config_invalid_settings",
              "Vital settings whose text cannot be read: the agent goes on with what they were",
              (from, to) -> to.value(reports(from).invalidSettings().getAsInt())),
          gauge(
              "felix_etcd_connected",
              "Whether every change in etcd is taken over as it comes",
              (from, to) -> to.flag(from.agent().datastore().isConnected())),
          gauge(
              "felix_etcd_revision",
              "Revision of etcd up to which everything was taken over",
              (from, to) -> to.value(from.agent().datastore().revision())),
          gauge(
              "felix_etcd_insecure",
              "Whether anybody on the way can read and change what etcd says",
              (from, to) -> to.flag(reports(from).etcd().insecure().getAsBoolean())),
          gauge(
                  "felix_etcd_certificate_expiry_timestamp_seconds",
                  "When a certificate in use for etcd ends, in seconds since 1970",
                  (from, to) ->
                      reports(from)
                          .etcd()
                          .certificateExpiry()
                          .get()
                          .forEach(
                              (whose, when) ->
                                  to.value(when.toEpochMilli() / MILLIS_A_SECOND, whose)))
              .by("certificate"),
          counter(
              "felix_datastore_listings_total",
              "Times that everything was read from etcd",
              (from, to) -> to.value(from.agent().datastore().listings())),
          counter(
              "felix_calc_graph_batches_total",
              "Times that the calculation graph was run",
              (from, to) -> to.value(from.agent().graph().batches())),
          counter(
                  "felix_kernel_writes_total",
                  "Times that a driver wrote to the kernel",
                  (from, to) ->
                      from.agent()
                          .dataplane()
                          .kernelWrites()
                          .forEach((driver, n) -> to.value(n, driver)))
              .by("driver"),
          gauge(
                  "felix_iptables_restore_kept",
                  "Whether small batches go to an iptables-restore that is kept: 1, or 0 if each is run",
                  perFamily(kept -> kept.isKept() ? 1 : 0))
              .by("ip_version"),
          counter(
                  "felix_iptables_kept_batches_total",
                  "Batches that went to an iptables-restore that is kept",
                  perFamily(KeptStatus::batches))
              .by("ip_version"),
          counter(
                  "felix_iptables_kept_starts_total",
                  "Times that an iptables-restore to be kept was started",
                  perFamily(KeptStatus::starts))
              .by("ip_version"),
          counter(
              "felix_logs_repeated_total",
              "Lines not written to the log since they had been shortly before",
              (from, to) -> to.value(reports(from).logs().repeated().getAsLong())),
          gauge(
              "felix_policy_sync_sockets",
              "Workloads that have a socket for policy sync",
              (from, to) -> to.value(reports(from).policySync().sockets().getAsInt())),
          gauge(
              "felix_policy_sync_clients",
              "Streams of policy sync, at most one a workload",
              (from, to) -> to.value(reports(from).policySync().clients().getAsInt())),
          gauge(
              "felix_policy_sync_refused",
              "Workloads that have credentials for policy sync, and no socket",
              (from, to) -> to.value(reports(from).policySync().refused().getAsInt())),
          gauge(
                  "felix_rpf_interfaces",
                  "Interfaces by how the kernel checks where packets come from (rp_filter):"
                      + " strictly; not, and that is accepted; or not",
                  AgentMetrics::reversePath)
              .by("verdict"),
          gauge(
                  "felix_rpf_loose_interface",
                  "Always 1, for each interface on which the kernel does not check strictly",
                  (from, to) ->
                      reports(from)
                          .reversePath()
                          .get()
                          .forEach(
                              (name, verdict) -> {
                                if (!verdict.equals(Reports.ENFORCED)) {
                                  to.value(1, name, verdict);
                                }
                              }))
              .by("interface", "verdict"));

  private AgentMetrics() {}

  private static void latency(Scrape from, Samples to) {
    ChangeLatency latency = from.agent().dataplane().latency();
    for (LatencyStage stage : LatencyStage.values()) {
      for (ChangeKind kind : ChangeKind.values()) {
        to.histogram(NANOS_A_SECOND, latency.of(stage, kind), stage.word(), kind.word());
      }
    }
  }

  private static Reports reports(Scrape scrape) {
    return scrape.agent().reports();
  }

  private static Metric.Source perFamily(ToLongFunction<KeptStatus> figure) {
    return (from, to) ->
        from.agent()
            .dataplane()
            .drivers()
            .keptRestores()
            .forEach(
                kept ->
                    to.value(figure.applyAsLong(kept), Integer.toString(kept.version().number())));
  }

  private static void reversePath(Scrape from, Samples to) {
    var verdicts = reports(from).reversePath().get().values();
    Reports.REVERSE_PATH_VERDICTS.forEach(
        verdict -> to.value(verdicts.stream().filter(verdict::equals).count(), verdict));
  }
}
