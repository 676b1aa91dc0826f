package felix.dataplane.link;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.LinkMessage.LinkSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each event costs a host with many interfaces: is that news? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkEventsBenchmark {
  @Param({"10", "1000"})
  public int links;

  private Snapshot snapshot = Snapshot.EMPTY;
  private InterfaceChange change = same(link(1));

  @Setup
  public void setUp() {
    snapshot =
        Snapshot.of(
            IntStream.range(1, links + 1).mapToObj(LinkEventsBenchmark::link).toList(),
            List.of(),
            Set.of());
    change = same(link(links));
  }

  /** An interface is as it was. */
  @Benchmark
  public boolean sameInterface() {
    return snapshot.contradicts(change);
  }

  private static InterfaceChange same(LinkMessage link) {
    return new InterfaceChange(
        link.name(), link.index(), true, link.isOperUp(), link.settings().mtuBytes(), Set.of());
  }

  private static LinkMessage link(int index) {
    return new LinkMessage(
        index, "cali%07x".formatted(index), LinkMessage.FLAG_UP, LinkSettings.ofKind("veth"));
  }
}
