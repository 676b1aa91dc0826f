package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecLawsTest {
  private static final long SEED = Long.getLong("test.seed", 20_260_101L);

  @Test
  void whatIsWrittenIsRead() {
    var objects = new RandomObjects(new Random(SEED));
    for (int round = 0; round < 2_000; round++) {
      var written = new ArrayList<RtnetlinkEvent>();
      ByteBuffer bytes = ByteBuffer.allocate(4096);
      var writer = new MessageWriter(bytes);
      for (int i = 0; i < 5; i++) {
        boolean gone = (round + i) % 3 == 0;
        RtnetlinkObject object = objects.next();
        Codecs.encode(new Request(operation(gone), object), 0, i, writer);
        written.add(new RtnetlinkEvent(object, gone));
      }

      assertThat(read(bytes.flip())).as("seed %d round %d", SEED, round).isEqualTo(written);
    }
  }

  /** Half of the bytes are random, half are real messages with some bytes changed or cut off. */
  @Test
  void anyBytesGiveObjectsOrACleanError() {
    var random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = round % 2 == 0 ? randomMessage(random) : damagedMessage(random);
      try {
        read(ByteBuffer.wrap(bytes));
        RawMessage.split(ByteBuffer.wrap(bytes)).forEach(AnswerCode::of);
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageMatching("(?s).+");
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + " round " + round, e);
      }
    }
    assertThat(refused).isBetween(10_000, 190_000);
  }

  @Test
  void everyCutOfADumpButAtAMessagesEndIsRefused() {
    ByteBuffer dump = Captured.bytes("routes-v4");
    var ends = new ArrayList<Integer>();
    for (int end = 0; end < dump.capacity(); end += RawMessage.aligned(dump.getInt(end))) {
      ends.add(end);
    }
    for (int length = 0; length < dump.capacity(); length++) {
      ByteBuffer cut = dump.slice(0, length);
      if (ends.contains(length)) {
        assertThat(RawMessage.split(cut)).hasSize(ends.indexOf(length));
      } else {
        assertThatThrownBy(() -> RawMessage.split(cut))
            .isInstanceOf(MalformedMessageException.class)
            .hasMessageContaining("are left");
      }
    }
  }

  private static List<RtnetlinkEvent> read(ByteBuffer bytes) {
    var events = new ArrayList<RtnetlinkEvent>();
    for (RawMessage message : RawMessage.split(bytes)) {
      RtnetlinkEvent event = Codecs.event(message);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  private static Request.Operation operation(boolean gone) {
    return gone ? Request.Operation.DELETE : Request.Operation.ADD;
  }

  /** A header that promises something, and noise after it. */
  private static byte[] randomMessage(Random random) {
    var bytes = new byte[random.nextInt(120)];
    random.nextBytes(bytes);
    if (bytes.length >= RawMessage.HEADER_BYTES) {
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      header.putInt(0, bytes.length);
      header.putShort(4, (short) (16 + 4 * random.nextInt(5)));
      if (bytes.length > 20) {
        bytes[16] = new byte[] {0, 2, 7, 10}[random.nextInt(4)];
      }
    }
    return bytes;
  }

  private static byte[] damagedMessage(Random random) {
    ByteBuffer dump = Captured.bytes(Captured.DUMPS.get(random.nextInt(Captured.DUMPS.size())));
    int start = 0;
    for (int skipped = random.nextInt(8); skipped > 0; skipped--) {
      int next = start + RawMessage.aligned(dump.getInt(start));
      start = next < dump.capacity() ? next : start;
    }
    var bytes = new byte[dump.getInt(start)];
    dump.get(start, bytes);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
