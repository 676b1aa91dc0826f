package felix.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one metric of Felix.
 *
 * @param type {@code -} where that does not matter
 * @param since {@code v3.14} or {@code master}
 */
record FelixMetric(String name, String type, List<String> labels, String since) {
  /** Why metrics of Felix are not served, by how their names begin. The first that fits counts. */
  private static final List<LeftOut> LEFT_OUT =
      List.of(
          new LeftOut("felix_bpf_", "no eBPF dataplane"),
          new LeftOut("felix_nft_", "no nftables backend yet: rules are written by iptables"),
          new LeftOut("felix_nflog_", "no flow logs"),
          new LeftOut("felix_collector_", "no flow logs"),
          new LeftOut("wireguard_", "no WireGuard"),
          new LeftOut("go_", "no Go: the JVM's are jvm_*"),
          new LeftOut("felix_route_table_partial_resync_seconds", "routes are read all at once"));

  /** A reason for all metrics that begin so. */
  record LeftOut(String prefix, String reason) {}

  static List<FelixMetric> all() {
    try (var in = FelixMetric.class.getResourceAsStream("felix.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(FelixMetric::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<LeftOut> leftOut() {
    return LEFT_OUT;
  }

  Optional<LeftOut> reason() {
    return LEFT_OUT.stream().filter(l -> name.startsWith(l.prefix())).findFirst();
  }

  boolean isOfTheVersionThatDcosHas() {
    return since.equals("v3.14");
  }

  private static FelixMetric parse(String line) {
    String[] words = line.split(" ", -1);
    var labels = words[2].equals("-") ? List.<String>of() : List.of(words[2].split(","));
    return new FelixMetric(words[0], words[1], labels, words[3]);
  }
}
