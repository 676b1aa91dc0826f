package felix.metrics;

import static felix.metrics.Metric.counter;
import static felix.metrics.Metric.gauge;
import static felix.metrics.Metric.summary;
import static felix.metrics.Units.NANOS_A_SECOND;

import felix.dataplane.ipset.IpSetStatus;
import felix.dataplane.iptables.TableStatus;
import felix.model.IpVersion;
import java.util.List;
import java.util.function.ToLongFunction;

/** Felix's metrics of what goes to the kernel about IP sets, and through {@code iptables}. */
final class ProgramMetrics {
  static final List<Metric> ALL =
      List.of(
          counter(
              "felix_ipset_calls",
              "Lists of IP sets, and batches of changes to them",
              (from, to) -> to.value(sumOfSets(from, IpSetStatus::calls))),
          counter(
              "felix_ipset_errors",
              "Such lists and batches of which the kernel refused something",
              (from, to) -> to.value(sumOfSets(from, IpSetStatus::errors))),
          counter(
              "felix_ipset_lines_executed",
              "Changes of IP sets: one for each member and each set",
              (from, to) -> to.value(sumOfSets(from, IpSetStatus::lines))),
          gauge(
                  "felix_ipsets_calico",
                  "IP sets that are wanted, by the kernel's name of the family",
                  (from, to) -> sets(from).forEach(s -> to.value(s.wanted(), family(s.version()))))
              .by("ip_version"),
          gauge(
              "felix_ipsets_total",
              "IP sets of any owner that the kernel held when last looked at",
              (from, to) ->
                  to.value(sets(from).stream().mapToInt(IpSetStatus::listed).max().orElse(0))),
          gauge("felix_iptables_chains", "Chains that are wanted", perTable(TableStatus::chains))
              .by("ip_version", "table"),
          gauge("felix_iptables_rules", "Rules that are wanted", perTable(TableStatus::rules))
              .by("ip_version", "table"),
          counter(
                  "felix_iptables_lines_executed",
                  "Lines that were given to iptables-restore",
                  perTable(TableStatus::lines))
              .by("ip_version", "table"),
          counter(
              "felix_iptables_restore_calls",
              "Runs of iptables-restore",
              (from, to) -> to.value(sumOfTables(from, TableStatus::restores))),
          counter(
              "felix_iptables_restore_errors",
              "Runs of iptables-restore that failed",
              (from, to) -> to.value(sumOfTables(from, TableStatus::restoreErrors))),
          counter(
              "felix_iptables_save_calls",
              "Runs of iptables-save",
              (from, to) -> to.value(sumOfTables(from, TableStatus::saves))),
          counter(
              "felix_iptables_save_errors",
              "Runs of iptables-save that failed",
              (from, to) -> to.value(sumOfTables(from, TableStatus::saveErrors))),
          summary(
              "felix_iptables_lock_acquire_secs",
              "Never observed: iptables-restore takes the lock itself",
              (from, to) -> to.summary(NANOS_A_SECOND, List.of())),
          counter(
                  "felix_iptables_lock_retries",
                  "Always 0: iptables-restore waits for the lock itself",
                  (from, to) -> {
                    to.value(0, "1.4");
                    to.value(0, "1.6");
                  })
              .by("version"));

  private ProgramMetrics() {}

  private static List<IpSetStatus> sets(Scrape scrape) {
    return scrape.agent().dataplane().drivers().ipSets();
  }

  private static List<TableStatus> tables(Scrape scrape) {
    return scrape.agent().dataplane().drivers().tables();
  }

  private static long sumOfSets(Scrape scrape, ToLongFunction<IpSetStatus> figure) {
    return sets(scrape).stream().mapToLong(figure).sum();
  }

  private static long sumOfTables(Scrape scrape, ToLongFunction<TableStatus> figure) {
    return tables(scrape).stream().mapToLong(figure).sum();
  }

  private static Metric.Source perTable(ToLongFunction<TableStatus> figure) {
    return (from, to) ->
        tables(from)
            .forEach(
                t ->
                    to.value(
                        figure.applyAsLong(t),
                        Integer.toString(t.version().number()),
                        t.table().kernelName()));
  }

  private static String family(IpVersion version) {
    return switch (version) {
      case V4 -> "inet";
      case V6 -> "inet6";
    };
  }
}
