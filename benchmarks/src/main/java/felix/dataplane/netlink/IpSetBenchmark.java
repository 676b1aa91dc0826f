package felix.dataplane.netlink;

import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Members of IP sets to and from messages, without the kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IpSetBenchmark {
  private static final int MAX_MESSAGE_BYTES = 3 << 10;

  @Param({"V4", "V6"})
  public IpVersion version = IpVersion.V4;

  @Param({"100", "10000"})
  public int members;

  private final List<IpSetRequest> requests = new ArrayList<>();
  private ByteBuffer out = ByteBuffer.allocate(0);
  private ByteBuffer in = ByteBuffer.allocate(0);

  /** Ports of addresses that follow one another. */
  private record Ports(IpVersion version, int first, int count) implements IpSetRequest.Entries {
    @Override
    public void read(int index, IpSetEntry into) {
      long high = version == IpVersion.V4 ? 0 : 0xfd00_0000_0000_0000L;
      into.setPort(version, high, 0x0a00_0000L + first + index, 6, 8_080);
    }
  }

  @Setup
  public void setUp() {
    for (int first = 0; first < members; first += Members.MAX_ENTRIES) {
      int count = Math.min(Members.MAX_ENTRIES, members - first);
      requests.add(new Members(Change.ADD, "cali40n:http", new Ports(version, first, count)));
    }
    out = ByteBuffer.allocateDirect(requests.size() * MAX_MESSAGE_BYTES);
    in = ByteBuffer.allocateDirect(requests.size() * MAX_MESSAGE_BYTES);
    in.put(encode().duplicate().flip()).flip();
  }

  /** Members become requests, fifty in each. */
  @Benchmark
  public ByteBuffer encode() {
    out.clear();
    var writer = new MessageWriter(out);
    for (int i = 0; i < requests.size(); i++) {
      IpSetCodec.encode(requests.get(i), 7, 0, RawMessage.FLAG_REQUEST, i, writer);
    }
    return out;
  }

  /** Bytes, as a list holds them, become members, each in its turn. */
  @Benchmark
  public long decode() {
    var sum = new long[1];
    var codec = new IpSetMemberCodec();
    for (RawMessage message : RawMessage.split(in)) {
      ByteBuffer listed = IpSetCodec.decode(message.body()).members();
      if (listed != null) {
        codec.decode(listed, entry -> sum[0] += entry.low() + entry.port());
      }
    }
    return sum[0];
  }

  /** The same bytes as one number, as where nothing has changed. */
  @Benchmark
  public long digest() {
    var digest = new MembersDigest();
    digest.begin();
    for (RawMessage message : RawMessage.split(in)) {
      ByteBuffer listed = IpSetCodec.decode(message.body()).members();
      if (listed != null) {
        digest.add(listed);
      }
    }
    return digest.end();
  }
}
