package felix.metrics;

import static felix.metrics.Metric.counter;
import static felix.metrics.Metric.gauge;
import static felix.metrics.Metric.summary;
import static felix.metrics.Units.NANOS_A_SECOND;

import java.util.List;

/** Felix's metrics of the datastore and of the calculation graph. */
final class GraphMetrics {
  static final List<Metric> ALL =
      List.of(
          gauge(
                  "felix_host",
                  "Always 1; the label is the name of this host",
                  (from, to) -> to.value(1, from.host()))
              .by("host"),
          gauge(
              "felix_resync_state",
              "Whether what is known is what etcd holds: 1 no connection, 2 everything is being read, 3 in sync; 0 before",
              (from, to) -> to.value(resyncState(from))),
          counter(
              "felix_resyncs_started",
              "Times that reading everything from etcd was begun",
              (from, to) -> to.value(from.agent().datastore().resyncs())),
          counter(
                  "felix_calc_graph_updates_processed",
                  "Updates from etcd that came to the calculation graph, by Felix's name of the key's type",
                  (from, to) -> {
                    var updates = from.agent().graph().updates();
                    updates.kinds().forEach(kind -> to.value(updates.get(kind), kind.felixName()));
                  })
              .by("type"),
          counter(
              "felix_calc_graph_output_events",
              "Changes that the calculation graph gave to the dataplane",
              (from, to) -> to.value(from.agent().graph().messages().sum())),
          summary(
              "felix_calc_graph_update_time_seconds",
              "Time that a batch of updates took to go through the calculation graph",
              (from, to) -> to.summary(NANOS_A_SECOND, from.agent().graph().updateNanos())),
          gauge(
              "felix_active_local_endpoints",
              "Endpoints on this host",
              (from, to) -> to.value(from.sizes().local().endpoints())),
          gauge(
              "felix_active_local_policies",
              "Policies that select an endpoint on this host",
              (from, to) -> to.value(from.sizes().local().policies())),
          gauge(
              "felix_active_local_selectors",
              "Selectors that rules in use on this host name: each is an IP set",
              (from, to) -> to.value(from.sizes().local().selectors())),
          gauge(
              "felix_active_local_tags",
              "Always 0: tags are no longer in Calico's data",
              (from, to) -> to.value(0)),
          gauge(
              "felix_cluster_num_hosts",
              "Hosts in the cluster that have a node, an endpoint or settings of their own",
              (from, to) -> to.value(from.sizes().cluster().hosts())),
          gauge(
              "felix_cluster_num_host_endpoints",
              "Host endpoints in the cluster",
              (from, to) -> to.value(from.sizes().cluster().hostEndpoints())),
          gauge(
              "felix_cluster_num_workload_endpoints",
              "Workload endpoints in the cluster",
              (from, to) -> to.value(from.sizes().cluster().workloads())),
          gauge(
              "felix_cluster_num_policies",
              "Policies in the cluster",
              (from, to) -> to.value(from.sizes().cluster().policies())),
          gauge(
              "felix_cluster_num_profiles",
              "Profiles with rules in the cluster",
              (from, to) -> to.value(from.sizes().cluster().profiles())),
          gauge(
              "felix_cluster_num_tiers",
              "Tiers in the cluster",
              (from, to) -> to.value(from.sizes().cluster().tiers())),
          gauge(
              "felix_label_index_num_endpoints",
              "Endpoints and network sets in label indexes; those of this host are in two",
              (from, to) -> to.value(from.sizes().indexes().items())),
          gauge(
                  "felix_label_index_num_active_selectors",
                  "Selectors in label indexes, and whether they need be compared with a part of the items only",
                  (from, to) -> {
                    var indexes = from.sizes().indexes();
                    to.value(indexes.selectors() - indexes.withoutDemand(), "true");
                    to.value(indexes.withoutDemand(), "false");
                  })
              .by("optimized"),
          counter(
                  "felix_label_index_selector_evals",
                  "Comparisons of a selector with an item, by their result",
                  (from, to) -> {
                    to.value(from.sizes().indexes().matches(), "true");
                    to.value(from.sizes().indexes().mismatches(), "false");
                  })
              .by("result"),
          counter(
                  "felix_label_index_strategy_evals",
                  "Selectors that came, by whether a label narrowed the items or all were compared",
                  (from, to) -> {
                    to.value(from.sizes().indexes().narrowed(), "by-label");
                    to.value(from.sizes().indexes().scans(), "full-scan");
                  })
              .by("strategy"));

  private GraphMetrics() {}

  private static int resyncState(Scrape scrape) {
    return switch (scrape.agent().datastore().sync()) {
      case NOT_STARTED -> 0;
      case WAITING -> 1;
      case RESYNC -> 2;
      case IN_SYNC -> 3;
    };
  }
}
