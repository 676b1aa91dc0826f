package felix.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is made of the table; {@code -Dgolden.update=true} writes it anew. */
class MetricsDocTest {
  private static final Path FILE = Path.of("../docs/metrics.md");

  private static final String HEAD =
      """
      # Metrics

      With `PrometheusMetricsEnabled = true` the agent serves `/metrics` in Prometheus' text format 0.0.4, on `PrometheusMetricsPort` (9091;
      DC/OS uses 62091) of `PrometheusMetricsHost` (all addresses). With `PrometheusMetricsCertFile` and `PrometheusMetricsKeyFile` it speaks TLS,
      and `PrometheusMetricsClientAuth` says whom it answers; the files are read anew for each connection. A port that is taken is tried
      again every two seconds. Where the port is set on the host the first scrape is answered before etcd is: all is zero then.

      Names, types and labels are Felix's, counters without `_total` too; those that only this agent has follow Prometheus' rules. Every
      series is there from the first scrape of a running agent on, with labels too, save where a label's values only come about, such as a
      certificate. Summaries have the quantiles 0.5, 0.9 and 0.99 of the last ten to twelve minutes, at most 3 % off, and NaN where nothing was
      observed. Other than in Felix what counts as one message is one net change: a batch counts what it changes, not what came.

      `felix_change_latency_seconds` says how long changes take, from when etcd's message came in until the kernel had taken what they lead
      to. Each change counts once in each `stage`, and the stages add up to `total`:

      | stage | until | with the wait for |
      |---|---|---|
      | `decode` | it is decoded | the thread that decodes |
      | `graph` | the calculation graph knows what follows for this host | the batch before |
      | `wait` | the apply begins that brings it to the kernel | the apply before, the limit of applies a second, a retry |
      | `plan` | | the part of the time of `kernel` in which neither programs ran nor netlink was asked: managers, rules' text, comparisons |
      | `kernel` | one IP family is served, the one of which workloads here have more addresses: its packets go as the change has it | programs, netlink, and what they wait for |
      | `rest` | the apply ends, with nothing left undone but single objects that are refused | the other IP family; sets that go, connections that are cut |

      `kind` is `policy` (policies, tiers, profiles), `endpoint` (workloads of this host, host endpoints) or `other`. Of changes that come
      together all are as slow as the batch; of more than 64 messages in one apply the latest are as old as the oldest of them. What was
      there when the agent began, what a new listing brings and what changes nothing on this host do not count. A change that the
      kernel refuses counts when it has been taken. What the way from the put to the packet is made of, as measured: [data-flow.md](data-flow.md).

      - Dashboard for Grafana: [config/grafana/felix.json](../config/grafana/felix.json), to be imported; it asks which data source to use.
      - Alerts: [config/prometheus/felix.rules.yml](../config/prometheus/felix.rules.yml), for `rule_files`; each says what to do.
      - A job that scrapes the agents: [config/prometheus/prometheus.yml](../config/prometheus/prometheus.yml).

      The dashboard's data, while endpoints and policies came and went and etcd was gone for a while. A real Prometheus answered each panel's
      query; `PrometheusTest` draws the picture of that (`-Dfelix.picture=true` writes it anew).

      ![panels of the dashboard](metrics.svg)

      The server takes part of a second of a processor for a scrape, whoever asks. It has 32 connections at most, each for 10 s and
      8 KiB of request; the one that has waited longest makes room for the newest.

      Made by `MetricsDocTest` from the tables in `felix.metrics`.
      """;

  @Test
  void documentationIsThatOfTheTable() throws IOException {
    var text = new StringBuilder(HEAD);
    chapter("Felix's", MetricTable.ofFelix(), text);
    chapter("Only here", AgentMetrics.OURS, text);
    chapter("The process (`PrometheusProcessMetricsEnabled`)", ProcessMetrics.ALL, text);
    chapter("The JVM (`PrometheusGoMetricsEnabled`)", JvmMetrics.ALL, text);
    text.append("\n## Not served\n\n| Felix's | why |\n|---|---|\n");
    FelixMetric.leftOut()
        .forEach(
            left -> {
              String name = left.prefix().endsWith("_") ? left.prefix() + "*" : left.prefix();
              text.append("| %s | %s |\n".formatted(name, left.reason()));
            });
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, text);
    }

    assertThat(FILE).hasContent(text.toString());
  }

  private static void chapter(String title, List<Metric> table, StringBuilder text) {
    text.append("\n## ")
        .append(title)
        .append("\n\n| name | type | labels | meaning |\n|---|---|---|---|\n");
    for (Metric metric : table) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  metric.name(),
                  metric.type().word(),
                  String.join(", ", metric.labels()),
                  metric.help()));
    }
  }
}
