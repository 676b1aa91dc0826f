package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Lost;
import felix.dataplane.netlink.ScriptedPort.Datagram;
import felix.dataplane.netlink.ScriptedPort.Failure;
import felix.dataplane.reconcile.KernelException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelEventsTest {
  private static final int BRIDGE_FAMILY = 7;
  private static final LinkMessage LINK =
      new LinkMessage(3, "cali1", 0, new LinkSettings("veth", 1500, null, 2, 0));

  private final ScriptedPort port = new ScriptedPort();
  private final RtnetlinkEvents events = new KernelEvents(port);

  @Test
  void changesAndRemovalsAreToldApart() {
    port.unasked(new Datagram(encoded(Request.Operation.ADD)));
    port.unasked(new Datagram(encoded(Request.Operation.DELETE)));

    assertThat(events.receive())
        .isEqualTo(
            new Happened(List.of(new RtnetlinkEvent(LINK, false), new RtnetlinkEvent(LINK, true))));
  }

  @Test
  void stormComesInPieces() {
    for (int i = 0; i < 1_500; i++) {
      port.unasked(new Datagram(encoded(Request.Operation.ADD)));
    }

    assertThat(((Happened) events.receive()).events()).hasSize(1_000);
    assertThat(((Happened) events.receive()).events()).hasSize(500);
  }

  @Test
  void overrunAmongEventsMeansThatTheyDoNotSuffice() {
    port.unasked(new Datagram(encoded(Request.Operation.ADD)));
    port.unasked(new Failure(Errno.ENOBUFS));

    assertThat(events.receive()).isEqualTo(new Lost());
  }

  @Test
  void silenceIsNoEvent() {
    assertThat(events.receive()).isEqualTo(new Happened(List.of()));
  }

  @Test
  void leavingABridgeIsNotTheEndOfALink() {
    ByteBuffer bytes = encoded(Request.Operation.DELETE);
    bytes.put(RawMessage.HEADER_BYTES, (byte) BRIDGE_FAMILY);
    port.unasked(new Datagram(bytes));

    assertThat(events.receive()).isEqualTo(new Happened(List.of()));
  }

  @Test
  void overrunAndBrokenMessagesMeanThatSomethingWasLost() {
    port.unasked(new Failure(Errno.ENOBUFS));
    port.unasked(new Datagram(encoded(Request.Operation.ADD).slice(0, 20)));

    assertThat(events.receive()).isEqualTo(new Lost());
    assertThat(events.receive()).isEqualTo(new Lost());
  }

  @Test
  void brokenSocketIsAnError() {
    port.unasked(new Failure(new Errno(9)));

    assertThatThrownBy(events::receive)
        .isInstanceOf(KernelException.class)
        .hasMessage("wait for events: receive: EBADF");
  }

  private static ByteBuffer encoded(Request.Operation operation) {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    Codecs.encode(new Request(operation, LINK), 0, 0, new MessageWriter(bytes));
    return bytes.flip();
  }
}
