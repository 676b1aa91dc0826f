package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.ScriptedPort.Answer;
import felix.dataplane.netlink.ScriptedPort.Datagram;
import felix.dataplane.reconcile.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is said about the generation of nf_tables, with kernels of all ages. */
class NfTablesGenerationTest {
  private static final int GET_GENERATION = 0xa10;
  private static final int NEW_GENERATION = 0xa0f;
  private static final int BATCH_BEGIN = 0x10;

  private final ScriptedPort kernel = new ScriptedPort();

  private OptionalLong read() {
    try (var generation = new NfTablesGeneration(() -> kernel)) {
      return generation.read();
    }
  }

  private static MessageWriter writer(ByteBuffer into) {
    return new MessageWriter(into);
  }

  /** The answer, and that the question was understood. */
  private static List<Answer> generation(List<RawMessage> asked, int id) {
    int sequence = asked.getFirst().sequence();
    var bytes = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    var out = writer(bytes).begin(NEW_GENERATION, 0, sequence).u32(0);
    out.attributeU32InNetworkOrder(1, id);
    out.attribute(3, "iptables");
    out.end();
    code(out, sequence, 0);
    return List.of(new Datagram(bytes.flip()));
  }

  private static List<Answer> refusal(List<RawMessage> asked, int errno) {
    var bytes = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    code(writer(bytes), asked.getFirst().sequence(), errno);
    return List.of(new Datagram(bytes.flip()));
  }

  private static void code(MessageWriter out, int sequence, int errno) {
    out.begin(RawMessage.ERROR, 0, sequence).u32(-errno);
    out.u32(16).u32(0).u32(sequence).u32(0);
    out.end();
  }

  @Test
  void theNumberIsUnsigned() {
    kernel.then(asked -> generation(asked, -2)).then(asked -> List.of());
    assertThat(read()).hasValue(0xffff_fffeL);
  }

  @Test
  void beforeItIsBelievedATransactionThatIsUnderWayIsAwaited() {
    kernel.then(asked -> generation(asked, 7)).then(asked -> List.of());
    read();
    assertThat(kernel.sent())
        .extracting(sent -> sent.getFirst().type())
        .containsExactly(GET_GENERATION, BATCH_BEGIN);
    var begin = kernel.sent().getLast();
    assertThat(begin).as("neither rules nor an end").hasSize(1);
    assertThat(begin.getFirst().body()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 10}));
  }

  @Test
  void anOldKernelHasNoneAndIsToldNothing() {
    kernel.then(asked -> refusal(asked, 22));
    assertThat(read()).isEmpty();
    assertThat(kernel.sent()).hasSize(1);
  }

  @Test
  void aRefusalIsNoGeneration() {
    kernel.then(asked -> refusal(asked, 1));
    assertThatThrownBy(this::read)
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("EPERM");
  }
}
