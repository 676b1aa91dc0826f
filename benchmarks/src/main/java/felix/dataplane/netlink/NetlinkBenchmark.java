package felix.dataplane.netlink;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage.NextHop;
import felix.dataplane.netlink.RouteMessage.RouteKey;
import felix.dataplane.netlink.RouteMessage.RouteKind;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.MacAddress;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/** Messages to and from rtnetlink, without the kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetlinkBenchmark {
  private static final int MAX_MESSAGE_BYTES = 256;

  @Param({"ROUTE", "LINK", "NEIGHBOUR"})
  public String kind = "";

  @Param({"100", "10000"})
  public int messages;

  private List<Request> requests = List.of();
  private ByteBuffer out = ByteBuffer.allocate(0);
  private ByteBuffer in = ByteBuffer.allocate(0);

  @Setup
  public void setUp() {
    requests =
        IntStream.range(1, messages + 1)
            .mapToObj(i -> new Request(Request.Operation.REPLACE, object(i)))
            .toList();
    out = ByteBuffer.allocateDirect(messages * MAX_MESSAGE_BYTES);
    in = ByteBuffer.allocateDirect(messages * MAX_MESSAGE_BYTES);
    in.put(encode().duplicate().flip()).flip();
  }

  /** A batch of requests becomes bytes. */
  @Benchmark
  public ByteBuffer encode() {
    out.clear();
    var writer = new MessageWriter(out);
    for (int i = 0; i < requests.size(); i++) {
      Codecs.encode(requests.get(i), RawMessage.FLAG_REQUEST, i, writer);
    }
    return out;
  }

  /** Bytes, as a dump or many events hold them, become objects. */
  @Benchmark
  public void decode(Blackhole hole) {
    for (RawMessage message : RawMessage.split(in)) {
      hole.consume(Codecs.event(message));
    }
  }

  private RtnetlinkObject object(int i) {
    var address = new Ip(IpVersion.V4, 0, 0x0a000000L + i);
    var mac = new MacAddress(0x020000000000L + i);
    return switch (kind) {
      case "ROUTE" ->
          new RouteMessage(
              RouteKey.main(address.toCidr(), 0),
              new RouteKind(RouteMessage.TYPE_UNICAST, RouteMessage.SCOPE_LINK, 3),
              new NextHop(i, null, false),
              null);
      case "LINK" ->
          new LinkMessage(
              i,
              "cali%07x".formatted(i),
              LinkMessage.FLAG_UP,
              new LinkSettings("veth", 1440, mac, 2, 0));
      case "NEIGHBOUR" ->
          new NeighbourMessage(
              NeighbourTable.ARP, i, NeighbourMessage.STATE_PERMANENT, 0, address, mac);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
