package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConntrackCodecTest {
  private static final long SEED = Long.getLong("test.seed", 20_260_101L);

  @Test
  void whatIsWrittenIsRead() {
    var connections = new RandomConnections(new Random(SEED));
    for (int round = 0; round < 5_000; round++) {
      ConntrackEntry entry = connections.next();

      List<RawMessage> messages = RawMessage.split(encoded(entry));

      assertThat(messages).hasSize(1);
      assertThat(messages.getFirst().type()).isEqualTo(ConntrackCodec.DELETE);
      assertThat(ConntrackCodec.decode(messages.getFirst().body()))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(entry);
    }
  }

  @Test
  void anyBytesGiveEntriesOrACleanError() {
    var random = new Random(SEED);
    var connections = new RandomConnections(random);
    int refused = 0;
    for (int round = 0; round < 100_000; round++) {
      ByteBuffer bytes = encoded(connections.next());
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt(256));
      }
      try {
        for (RawMessage message : RawMessage.split(bytes)) {
          ConntrackCodec.decode(message.body());
        }
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageMatching("(?s).+");
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + " round " + round, e);
      }
    }
    assertThat(refused).isBetween(10_000, 90_000);
  }

  private static ByteBuffer encoded(ConntrackEntry entry) {
    var bytes = ByteBuffer.allocate(1024);
    ConntrackCodec.encodeDelete(entry, RawMessage.FLAG_REQUEST, 7, new MessageWriter(bytes));
    return bytes.flip();
  }
}
