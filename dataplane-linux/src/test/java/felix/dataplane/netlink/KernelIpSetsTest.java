package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.ScriptedPort.Answer;
import felix.dataplane.netlink.ScriptedPort.Datagram;
import felix.dataplane.netlink.ScriptedPort.Failure;
import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a kernel does that no test can have it do at will. */
class KernelIpSetsTest {
  private static final IpSetHeader NETS = new IpSetHeader("hash:net", IpVersion.V4, 9, false);

  private final ScriptedPort port = new ScriptedPort();
  private final IpSets sets = new KernelIpSets(() -> port);

  @Test
  void anOldKernelIsSpokenToInItsOwnVersion() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 6, -1))
        .then(versions(IpSetCodec.TYPE, 4, 3, 0))
        .then(KernelIpSetsTest::ok);
    assertThat(sets.run(List.of(new Create("a", NETS, 0)))).isEmpty();
    ByteBuffer create = port.sent().getLast().getFirst().body();
    var numbers = new ArrayList<Integer>();
    for (var attributes = Codec.attributes(create, 4); attributes.next(); ) {
      if (attributes.type() == 1 || attributes.type() == 4) {
        numbers.add(attributes.u8());
      }
    }
    assertThat(numbers).as("protocol, revision").containsExactly(6, 3);
  }

  @Test
  void aKernelThatSpeaksNoVersionOfOursIsNamed() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 9, 8));
    assertThatThrownBy(sets::headers)
        .isInstanceOf(KernelException.class)
        .hasMessage("ipset protocol: the kernel has versions 8 to 9, we have 6 to 7");
  }

  @Test
  void aKernelWithoutIpSetsIsNoFailureOfTheQuestion() {
    port.then(refusal(Errno.EINVAL)).then(refusal(Errno.EINVAL));
    assertThat(sets.areSupported()).isFalse();
    assertThatThrownBy(sets::headers).hasMessageContaining("no IP sets");
  }

  @Test
  void aTypeThatTheKernelLacksIsRefusedForItsSetOnly() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 7, 6))
        .then(refusal(IpSetErrors.FIND_TYPE))
        .then(KernelIpSetsTest::ok);
    var refused = sets.run(List.of(new Create("a", NETS, 0), new IpSetRequest.Flush("b")));
    assertThat(refused)
        .extracting(r -> r.toException().getMessage())
        .containsExactly(
            "ipset create a hash:net: the kernel does not know the type of set (errno 4098)");
    assertThat(port.sent().getLast()).hasSize(1);
  }

  @Test
  void aListThatIsDisturbedIsBegunAnew() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 7, 6))
        .then(list(0, 2, "10.0.0.1/32"))
        .then(list(RawMessage.FLAG_DUMP_INTERRUPTED, 1, "10.0.0.1/32"))
        .then(messages -> List.of(new Failure(Errno.ENOBUFS)))
        .then(list(0, 1, "10.0.0.2/32"));
    var seen = new ArrayList<String>();
    sets.list(
        () -> {
          seen.clear();
          return set -> entry -> seen.add(entry.toString());
        });
    assertThat(seen).containsExactly("10.0.0.2");
  }

  @Test
  void aListThatNeverIsCompleteFails() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 7, 6));
    for (int i = 0; i < 10; i++) {
      port.then(list(0, 2, "10.0.0.1/32"));
    }
    assertThatThrownBy(() -> sets.list(() -> set -> entry -> {}))
        .isInstanceOf(KernelException.class)
        .hasMessage("list ipsets: interrupted 10 times");
  }

  /** A set of others may change while it is listed. */
  @Test
  void membersThatDoNotMatterAreNotCounted() {
    port.then(versions(IpSetCodec.PROTOCOL, 1, 7, 6)).then(list(0, 2, "10.0.0.1/32"));
    var names = new ArrayList<String>();
    sets.list(
        () ->
            set -> {
              names.add(set.name());
              return null;
            });
    assertThat(names).containsExactly("a");
  }

  private static Function<List<RawMessage>, List<Answer>> versions(
      int type, int attribute, int highest, int lowest) {
    return messages -> {
      assertThat(messages.getFirst().type()).isEqualTo(type);
      var answer =
          message(
              type,
              0,
              messages,
              out -> {
                out.attributeU8(attribute, highest);
                if (lowest >= 0) {
                  out.attributeU8(10, lowest);
                }
              });
      return List.of(answer, ok(messages).getFirst());
    };
  }

  /** A set {@code a} of so many members, of which one is shown. */
  private static Function<List<RawMessage>, List<Answer>> list(int flags, int size, String member) {
    return messages ->
        List.of(
            message(
                IpSetCodec.LIST,
                flags,
                messages,
                out -> {
                  out.attribute(2, "a");
                  out.attribute(3, "hash:net");
                  out.attributeU8(5, Family.INET);
                  int header = out.openNested(7);
                  out.attributeU32InNetworkOrder(24, size);
                  out.closeNested(header);
                  int members = out.openNested(8);
                  IpSetMemberCodec.encode(EntryList.net(member), 0, out);
                  out.closeNested(members);
                }),
            ScriptedPort.code(RawMessage.DONE, 0, messages.getFirst().sequence(), 0));
  }

  private static Function<List<RawMessage>, List<Answer>> refusal(Errno errno) {
    return messages ->
        List.of(
            ScriptedPort.code(RawMessage.ERROR, 0, messages.getLast().sequence(), -errno.number()));
  }

  private static List<Answer> ok(List<RawMessage> messages) {
    return List.of(ScriptedPort.code(RawMessage.ERROR, 0, messages.getLast().sequence(), 0));
  }

  private static Datagram message(
      int type, int flags, List<RawMessage> question, Consumer<MessageWriter> attributes) {
    var bytes = ByteBuffer.allocate(500);
    var out = new MessageWriter(bytes);
    out.begin(type, flags, question.getFirst().sequence());
    out.u8(Family.INET).u8(0).u16(0);
    attributes.accept(out);
    out.end();
    return new Datagram(bytes.flip());
  }
}
