package felix.dataplane.netlink;

import java.util.ArrayList;

/** Events from a socket that has joined multicast groups. */
final class KernelEvents implements RtnetlinkEvents {
  private final DatagramPort port;

  KernelEvents(DatagramPort port) {
    this.port = port;
  }

  @Override
  public Received receive() {
    try {
      var events = new ArrayList<RtnetlinkEvent>();
      for (RawMessage message : RawMessage.split(port.receive())) {
        RtnetlinkEvent event = Codecs.event(message);
        if (event != null) {
          events.add(event);
        }
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
}
