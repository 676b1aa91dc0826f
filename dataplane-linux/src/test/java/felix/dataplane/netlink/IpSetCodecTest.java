package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.IpSetCodec.Part;
import felix.dataplane.netlink.IpSetCodec.Range;
import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.netlink.IpSetRequest.Flush;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.dataplane.netlink.IpSetRequest.Swap;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpSetCodecTest {
  private static final long SEED = Long.getLong("test.seed", 20_260_101L);

  private static final IpSetHeader NETS = new IpSetHeader("hash:net", IpVersion.V4, 5_000, false);
  private static final IpSetHeader FEW = new IpSetHeader("hash:net", IpVersion.V4, 7, false);
  private static final IpSetHeader PORTS =
      new IpSetHeader("hash:ip,port", IpVersion.V6, 5_000, false);

  /** For so many members a set has as many buckets as the kernel gives unasked. */
  private static final int USUAL_SIZE = 1_000;

  /**
   * Captured from {@code ipset restore}, version 7.17. But for the lines, which we count anew, and
   * its padding, which is not always zero.
   */
  @Test
  void bytesAreThoseOfTheProgram() {
    var bytes = ByteBuffer.allocate(4_096);
    var out = new MessageWriter(bytes);
    question(IpSetCodec.PROTOCOL, out, () -> IpSetCodec.encodeProtocol(7, out));
    question(IpSetCodec.TYPE, out, () -> IpSetCodec.encodeType(7, NETS, out));
    encode(new Create("capt", NETS, USUAL_SIZE), out);
    encode(members(Change.ADD, "capt", "10.0.0.1/32", "10.1.0.0/16"), out);
    question(IpSetCodec.TYPE, out, () -> IpSetCodec.encodeType(7, headerOfV4Ports(), out));
    encode(members(Change.DELETE, "capt", "10.0.0.9/32"), out);
    encode(new Create("capt6", PORTS, USUAL_SIZE), out);
    var ports = List.of(EntryList.port("fd00::1", 132, 80), EntryList.port("fd00::2", 17, 53));
    encode(new Members(Change.ADD, "capt6", new EntryList(ports)), out);
    encode(new Flush("capt"), out);
    encode(new Create("capt2", FEW, USUAL_SIZE), out);
    encode(new Swap("capt", "capt2"), out);
    encode(new Destroy("capt2"), out);

    assertThat(withoutLines(bytes.flip())).isEqualTo(withoutLines(Captured.bytes("ipset-restore")));
  }

  @ParameterizedTest
  @CsvSource({"0, 64", "64, 64", "65, 128", "500, 512", "3000, 2048", "100000, 65536"})
  void aSetHasBucketsForItsMembers(int members, int buckets) {
    var bytes = ByteBuffer.allocate(500);
    encode(new Create("a", NETS, members), new MessageWriter(bytes));
    var sizes = new ArrayList<Integer>();
    for (var all = Codec.attributes(RawMessage.split(bytes.flip()).getFirst().body(), 4);
        all.next(); ) {
      if (all.type() == 7) {
        for (var header = all.nested(); header.next(); ) {
          if (header.type() == 18) {
            sizes.add(header.u32InNetworkOrder());
          }
        }
      }
    }
    assertThat(sizes).containsExactly(buckets);
  }

  private static IpSetHeader headerOfV4Ports() {
    return new IpSetHeader("hash:ip,port", IpVersion.V4, 5_000, false);
  }

  private static void question(int type, MessageWriter out, Runnable body) {
    out.begin(type, RawMessage.FLAG_REQUEST, 0);
    body.run();
    out.end();
  }

  private static void encode(IpSetRequest request, MessageWriter out) {
    IpSetCodec.encode(request, 7, 7, RawMessage.FLAG_REQUEST | RawMessage.FLAG_ACK, 0, out);
  }

  private static Members members(Change change, String set, String... nets) {
    return new Members(change, set, new EntryList(Stream.of(nets).map(EntryList::net).toList()));
  }

  private static String withoutLines(ByteBuffer bytes) {
    var array = new byte[bytes.remaining()];
    bytes.get(0, array);
    return HexFormat.of().formatHex(array).replaceAll("08000940.{8}", "08000940--------");
  }

  /** What Linux 6.18 sent to {@code ipset list}. */
  @Test
  void aRealListIsRead() {
    List<RawMessage> messages = RawMessage.split(Captured.bytes("ipset-list"));
    assertThat(messages.getLast().type()).isEqualTo(RawMessage.DONE);
    Part first = IpSetCodec.decode(messages.get(0).body());
    assertThat(first.name()).isEqualTo("capt");
    assertThat(first.header()).isEqualTo(FEW);
    assertThat(first.size()).isZero();
    assertThat(texts(first)).isEmpty();
    Part second = IpSetCodec.decode(messages.get(1).body());
    assertThat(second.header()).isEqualTo(PORTS);
    assertThat(second.size()).isEqualTo(2);
    assertThat(texts(second)).containsExactlyInAnyOrder("fd00::1,sctp:80", "fd00::2,udp:53");
  }

  @Test
  void whatIsWrittenIsRead() {
    var generator = new EntryGenerator(new Random(SEED));
    for (int round = 0; round < 500; round++) {
      List<IpSetEntry> entries = Stream.generate(generator::next).limit(1 + round % 50).toList();
      RawMessage message = RawMessage.split(encoded(entries)).getFirst();

      assertThat(texts(IpSetCodec.decode(message.body())))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(entries.stream().map(IpSetEntry::toString).toList());
    }
  }

  @Test
  void anyBytesGiveMembersOrACleanError() {
    var random = new Random(SEED);
    var generator = new EntryGenerator(random);
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      ByteBuffer bytes = encoded(List.of(generator.next(), generator.next()));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt(256));
      }
      try {
        for (RawMessage message : RawMessage.split(bytes)) {
          texts(IpSetCodec.decode(message.body()));
          IpSetCodec.decodeLine(message.body());
        }
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageMatching("(?s).+");
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + " round " + round, e);
      }
    }
    assertThat(refused).isBetween(5_000, 45_000);
  }

  /** As a set of others has them: a member must not pass for one of ours. */
  @ParameterizedTest
  @CsvSource({
    "6, 0000001e", // a timeout
    "8, 00000010", // nomatch
    "20, 0a000001", // a second address
    "26, 61620000", // a comment
  })
  void aMemberWithMoreToItIsOdd(int attribute, String value) {
    var bytes = ByteBuffer.allocate(100);
    var out = new MessageWriter(bytes);
    int member = out.openNested(7);
    int ip = out.openNested(1);
    out.attributeU32InNetworkOrder(1, 0x0a000001);
    out.closeNested(ip);
    out.attribute(attribute, HexFormat.of().parseHex(value));
    out.closeNested(member);
    var nets = new ArrayList<Boolean>();
    new IpSetMemberCodec()
        .decode(
            bytes.flip().slice().order(ByteOrder.nativeOrder()),
            entry -> nets.add(entry.isNet(IpVersion.V4)));
    assertThat(nets).containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource({"6,7, 6,6, 6", "6,7, 6,7, 7", "6,7, 7,9, 7", "0,7, 0,3, 3", "6,7, 8,9, -1"})
  void theHighestVersionThatBothKnowIsChosen(
      int ourLowest, int ourHighest, int lowest, int highest, int chosen) {
    assertThat(new Range(ourLowest, ourHighest).commonWith(new Range(lowest, highest)))
        .isEqualTo(chosen);
  }

  static List<String> texts(Part part) {
    var texts = new ArrayList<String>();
    @Nullable ByteBuffer members = part.members();
    if (members != null) {
      new IpSetMemberCodec().decode(members, entry -> texts.add(entry.toString()));
    }
    return texts;
  }

  private static ByteBuffer encoded(List<IpSetEntry> entries) {
    var bytes = ByteBuffer.allocate(4_096);
    encode(new Members(Change.ADD, "any", new EntryList(entries)), new MessageWriter(bytes));
    return bytes.flip();
  }
}
