package felix.packets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Spoofer;
import felix.lab.Spoofer.Fate;
import felix.lab.Workload;
import felix.rpf.RpFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What reverse path filtering does to a workload that forges its address, counted by the kernel:
 * all values of {@code all} and of the interface, with the agent's rule and without. To an
 * interface without an IPv4 address, as those of workloads are, the kernel is as strict when loose;
 * so each is tried with an address, too. The table in docs/rpf.md is the one that this prints.
 */
@Tag("packets")
class RpFilterTest {
  private static final Path DOCUMENT = Path.of("../docs/rpf.md");
  private static final int PACKETS = 20;
  private static final String OUTSIDE = "203.0.113.5";
  private static final String NOBODY = "198.51.100.7";
  private static final String ADDRESS = "192.0.2.1/32";

  private static final Workload ATTACKER = Example.workload(Example.FRUITSTORE);

  private record Values(RpFilter all, RpFilter own) {}

  /**
   * What became of packets.
   *
   * @param bare by source: an own address, another workload's, an outside's, and nobody's
   * @param addressed the same when the interface has an address
   */
  private record Row(
      RpFilter all, RpFilter own, boolean rule, List<Fate> bare, List<Fate> addressed) {
    RpFilter effective() {
      return RpFilter.effective(all, own);
    }

    @Override
    public String toString() {
      return "| %d | %d | %d | %s | %s | %s | %d | %d |"
          .formatted(
              number(all),
              number(own),
              number(effective()),
              rule ? "yes" : "no",
              joined(bare),
              joined(addressed),
              fates().mapToLong(Fate::droppedByRpFilter).sum(),
              fates().mapToLong(Fate::droppedByRule).sum());
    }

    private Stream<Fate> fates() {
      return Stream.concat(bare.stream(), addressed.stream());
    }

    private static String joined(List<Fate> fates) {
      return fates.stream().map(f -> Long.toString(f.arrived())).collect(Collectors.joining(" "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLargerValueHoldsAndTheRuleNeedsNone(Backend backend) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (var lab = new Lab(RpFilterTest.class, backend)) {
      lab.load(Example.STATE);
      addRoutes(lab);
      lab.node().shell().run("ip route add unreachable 198.51.100.0/24");
      rows.addAll(measure(lab, backend, false));
      // with its last address an interface loses its routes
      lab.node().shell().run("ip addr del %s dev %s".formatted(ADDRESS, ATTACKER.iface()));
      addRoutes(lab);
      lab.startAgent().awaitReady();
      lab.settle();
      rows.addAll(measure(lab, backend, true));
    }

    rows.forEach(System.out::println);
    var softly = new SoftAssertions();
    for (var row : rows) {
      softly.assertThat(arrived(row.bare())).as("%s", row).isEqualTo(expected(row, false));
      softly.assertThat(arrived(row.addressed())).as("%s", row).isEqualTo(expected(row, true));
    }
    softly.assertThat(rows).hasSize(18);
    softly.assertAll();
    assertThat(Files.readString(DOCUMENT)).contains(rows.stream().map(Row::toString).toList());
  }

  /** By hand, as without an agent nobody else does. */
  private static void addRoutes(Lab lab) {
    Example.STATE
        .workloads()
        .forEach(w -> lab.node().shell().run("ip route replace " + w.ip() + " dev " + w.iface()));
  }

  /** All values, without an address and then with one. */
  private static List<Row> measure(Lab lab, Backend backend, boolean rule) {
    try (var spoofer =
        new Spoofer(lab.node(), backend, ATTACKER, Example.workload(Example.BOOKSTORE))) {
      var bare = forAllValues(lab, spoofer);
      lab.node().shell().run("ip addr add %s dev %s".formatted(ADDRESS, ATTACKER.iface()));
      var addressed = forAllValues(lab, spoofer);
      return bare.keySet().stream()
          .map(
              values ->
                  new Row(
                      values.all(),
                      values.own(),
                      rule,
                      requireNonNull(bare.get(values)),
                      requireNonNull(addressed.get(values))))
          .toList();
    }
  }

  private static Map<Values, List<Fate>> forAllValues(Lab lab, Spoofer spoofer) {
    var fates = new LinkedHashMap<Values, List<Fate>>();
    for (var all : RpFilter.values()) {
      for (var own : RpFilter.values()) {
        lab.node()
            .shell()
            .run(
                "sysctl -qw net.ipv4.conf.all.rp_filter=%d net.ipv4.conf.%s.rp_filter=%d"
                    .formatted(number(all), ATTACKER.iface(), number(own)));
        fates.put(new Values(all, own), fates(spoofer));
      }
    }
    return fates;
  }

  private static List<Fate> fates(Spoofer spoofer) {
    return Stream.of(ATTACKER.ip(), Example.SERVER, OUTSIDE, NOBODY)
        .map(source -> spoofer.send(source, PACKETS))
        .toList();
  }

  private static List<Long> arrived(List<Fate> fates) {
    return fates.stream().map(Fate::arrived).toList();
  }

  private static List<Long> expected(Row row, boolean hasAddress) {
    long all = PACKETS;
    List<Long> onlyOwn = List.of(all, 0L, 0L, 0L);
    if (row.rule()) {
      return onlyOwn;
    }
    return switch (row.effective()) {
      case OFF -> List.of(all, all, all, all);
      case STRICT -> onlyOwn;
      case LOOSE -> hasAddress ? List.of(all, all, all, 0L) : onlyOwn;
    };
  }

  private static int number(RpFilter value) {
    return List.of(RpFilter.OFF, RpFilter.STRICT, RpFilter.LOOSE).indexOf(value);
  }
}
