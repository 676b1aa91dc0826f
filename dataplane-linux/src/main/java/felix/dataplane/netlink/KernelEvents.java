package felix.dataplane.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Events from a socket that has joined multicast groups. The kernel sends each in a datagram of its
 * own; what is there is received together.
 */
final class KernelEvents implements RtnetlinkEvents {
  /** So that a storm is handed on in pieces. */
  private static final int MAX_DATAGRAMS = 1_000;

  private final DatagramPort port;

  KernelEvents(DatagramPort port) {
    this.port = port;
  }

  @Override
  public Received receive() {
    try {
      var events = new ArrayList<RtnetlinkEvent>();
      boolean more = decode(port.receive(), events);
      for (int taken = 1; more && taken < MAX_DATAGRAMS; taken++) {
        more = decode(port.receiveNow(), events);
      }
      return new Happened(events);
    } catch (SocketException e) {
      if (e.errno().equals(Errno.ENOBUFS)) {
        return new Lost();
      }
      throw e.toKernelException("wait for events");
    } catch (MalformedMessageException e) {
      return new Lost(); // what it was about is not known, so all is to be read anew
    }
  }

  @Override
  public void close() {
    port.close();
  }

  /** Returns whether there was a datagram. */
  private static boolean decode(ByteBuffer datagram, List<RtnetlinkEvent> events) {
    boolean came = datagram.hasRemaining();
    for (RawMessage message : RawMessage.split(datagram)) {
      RtnetlinkEvent event = Codecs.event(message);
      if (event != null) {
        events.add(event);
      }
    }
    return came;
  }
}
