package felix.metrics;

import static felix.metrics.Metric.counter;
import static felix.metrics.Metric.gauge;
import static felix.metrics.Metric.summary;
import static felix.metrics.Units.NANOS_A_MICROSECOND;
import static felix.metrics.Units.NANOS_A_SECOND;
import static felix.metrics.Units.ONE;

import felix.count.Distribution;
import felix.dataplane.DriverStatuses;
import felix.dataplane.attached.AttachedStatus;
import felix.dataplane.conntrack.ConnectionStatus;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Felix's metrics of the dataplane, but those of programs: see {@link ProgramMetrics}. */
final class DataplaneMetrics {
  /** {@code RT_TABLE_MAIN}: all routes are in it. */
  private static final String MAIN_TABLE = ":254";

  static final List<Metric> ALL =
      List.of(
          summary(
              "felix_int_dataplane_msg_batch_size",
              "Changes that the dataplane took from the calculation graph at once",
              (from, to) -> to.summary(ONE, from.agent().dataplane().messageBatches())),
          counter(
                  "felix_int_dataplane_messages",
                  "Changes that came to the dataplane, by the name of Felix's message for them",
                  (from, to) -> {
                    var messages = from.agent().dataplane().messages();
                    messages
                        .kinds()
                        .forEach(kind -> to.value(messages.get(kind), kind.felixName()));
                  })
              .by("type"),
          summary(
              "felix_int_dataplane_iface_msg_batch_size",
              "Messages of interfaces that the kernel sent at once",
              (from, to) -> to.summary(ONE, drivers(from).monitor().linkBatches())),
          summary(
              "felix_int_dataplane_addr_msg_batch_size",
              "Messages of interfaces' addresses that the kernel sent at once",
              (from, to) -> to.summary(ONE, drivers(from).monitor().addressBatches())),
          summary(
              "felix_int_dataplane_apply_time_seconds",
              "Time that it took to bring the kernel to what is desired",
              (from, to) -> to.summary(NANOS_A_SECOND, from.agent().dataplane().applyNanos())),
          counter(
              "felix_int_dataplane_failures",
              "Times that something was left undone, to be tried again",
              (from, to) -> to.value(from.agent().dataplane().failures())),
          gauge(
              "felix_int_dataplane_initial_resync_time_seconds",
              "Time from the start until the kernel held all that is desired; 0 before",
              (from, to) -> to.value(firstResync(from).toNanos() / NANOS_A_SECOND)),
          summary(
              "felix_exec_time_micros",
              "Microseconds that it took to start a program",
              (from, to) -> to.summary(NANOS_A_MICROSECOND, from.agent().dataplane().execNanos())),
          summary(
              "felix_route_table_list_seconds",
              "Time to read all routes of a family; Felix's name of it up to v3.14",
              (from, to) -> routes(from, to, AttachedStatus::readNanos)),
          summary(
              "felix_route_table_resync_seconds",
              "Time to read all routes of a family",
              (from, to) -> routes(from, to, AttachedStatus::readNanos)),
          summary(
              "felix_route_table_per_iface_sync_seconds",
              "Time to write the routes that were to be changed, of all interfaces together",
              (from, to) -> routes(from, to, AttachedStatus::writeNanos)),
          summary(
              "felix_route_table_conntrack_wait_seconds",
              "Time to remove the connections of addresses that workloads left; routes to these wait",
              (from, to) ->
                  to.summary(
                      NANOS_A_SECOND,
                      drivers(from).connections().values().stream()
                          .map(ConnectionStatus::cleanUpNanos)
                          .toList())),
          gauge(
                  "felix_route_table_num_routes",
                  "Routes that are wanted, by family and number of the routing table",
                  (from, to) ->
                      drivers(from).routes().forEach((v, r) -> to.value(r.wanted(), table(v))))
              .by("table"),
          gauge(
                  "felix_route_table_num_ifaces",
                  "Interfaces that routes could be on, by family and number of the routing table",
                  (from, to) ->
                      drivers(from).routes().forEach((v, r) -> to.value(r.interfaces(), table(v))))
              .by("table"));

  private DataplaneMetrics() {}

  private static DriverStatuses drivers(Scrape scrape) {
    return scrape.agent().dataplane().drivers();
  }

  private static Duration firstResync(Scrape scrape) {
    return scrape.agent().dataplane().firstResync().orElse(Duration.ZERO);
  }

  private static void routes(
      Scrape from, Samples to, Function<AttachedStatus, Distribution> figure) {
    to.summary(NANOS_A_SECOND, drivers(from).routes().values().stream().map(figure).toList());
  }

  private static String table(IpVersion version) {
    return "IPv" + version.number() + MAIN_TABLE;
  }
}
