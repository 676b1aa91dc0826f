package felix.packets;

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
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What reverse path filtering does to a workload that forges its address, counted by the kernel:
 * all values of {@code all} and of the interface, with the agent's rule and without. The table in
 * docs/rpf.md is the one that this prints.
 */
@Tag("packets")
class RpFilterTest {
  private static final Path DOCUMENT = Path.of("../docs/rpf.md");
  private static final int PACKETS = 20;
  private static final String OUTSIDE = "203.0.113.5";
  private static final String NOBODY = "198.51.100.7";

  private static final Workload ATTACKER = workload(Example.FRUITSTORE);

  /** What became of packets from an own address, another workload's, an outside's, and nobody's. */
  private record Row(RpFilter all, RpFilter own, boolean rule, List<Fate> fates) {
    RpFilter effective() {
      return RpFilter.effective(all, own);
    }

    @Override
    public String toString() {
      var line = new StringBuilder();
      line.append(
          "| %d | %d | %d | %s |"
              .formatted(number(all), number(own), number(effective()), rule ? "yes" : "no"));
      fates.forEach(fate -> line.append(" %d |".formatted(fate.arrived())));
      line.append(" %d |".formatted(fates.stream().mapToLong(Fate::droppedByRpFilter).sum()));
      line.append(" %d |".formatted(fates.stream().mapToLong(Fate::droppedByRule).sum()));
      return line.toString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLargerValueHoldsAndTheRuleNeedsNone(Backend backend) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (var lab = new Lab(RpFilterTest.class, backend)) {
      lab.load(Example.STATE);
      // by hand, as without an agent nobody else does; nothing answers to NOBODY
      Example.STATE
          .workloads()
          .forEach(w -> lab.node().shell().run("ip route replace " + w.ip() + " dev " + w.iface()));
      lab.node().shell().run("ip route add unreachable 198.51.100.0/24");
      measure(lab, backend, false, rows);
      lab.startAgent().awaitReady();
      lab.settle();
      measure(lab, backend, true, rows);
    }

    rows.forEach(System.out::println);
    var softly = new SoftAssertions();
    rows.forEach(row -> softly.assertThat(arrived(row)).as("%s", row).isEqualTo(expected(row)));
    softly.assertThat(rows).hasSize(18);
    softly.assertAll();
    assertThat(Files.readString(DOCUMENT)).contains(rows.stream().map(Row::toString).toList());
  }

  private static void measure(Lab lab, Backend backend, boolean rule, List<Row> rows) {
    try (var spoofer = new Spoofer(lab.node(), backend, ATTACKER, workload(Example.BOOKSTORE))) {
      for (var all : RpFilter.values()) {
        for (var own : RpFilter.values()) {
          lab.node()
              .shell()
              .run(
                  "sysctl -qw net.ipv4.conf.all.rp_filter=%d net.ipv4.conf.%s.rp_filter=%d"
                      .formatted(number(all), ATTACKER.iface(), number(own)));
          List<Fate> fates = new ArrayList<>();
          for (var source : List.of(ATTACKER.ip(), Example.SERVER, OUTSIDE, NOBODY)) {
            fates.add(spoofer.send(source, PACKETS));
          }
          rows.add(new Row(all, own, rule, fates));
        }
      }
    }
  }

  private static List<Long> arrived(Row row) {
    return row.fates().stream().map(Fate::arrived).toList();
  }

  private static List<Long> expected(Row row) {
    long all = PACKETS;
    if (row.rule()) {
      return List.of(all, 0L, 0L, 0L);
    }
    return switch (row.effective()) {
      case OFF -> List.of(all, all, all, all);
      case STRICT -> List.of(all, 0L, 0L, 0L);
      case LOOSE -> List.of(all, all, all, 0L);
    };
  }

  private static int number(RpFilter value) {
    return List.of(RpFilter.OFF, RpFilter.STRICT, RpFilter.LOOSE).indexOf(value);
  }

  private static Workload workload(String ip) {
    return Example.STATE.workloads().stream()
        .filter(workload -> workload.ip().equals(ip))
        .findFirst()
        .orElseThrow();
  }
}
