package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelTime;
import java.nio.ByteBuffer;

/**
 * A port whose time is counted: the kernel does most of what it is asked while it is being told.
 */
final class TimedPort implements DatagramPort {
  private final DatagramPort port;
  private final KernelTime time;

  TimedPort(DatagramPort port, KernelTime time) {
    this.port = port;
    this.time = time;
  }

  @Override
  public void send(ByteBuffer datagram) throws SocketException {
    time.begin();
    try {
      port.send(datagram);
    } finally {
      time.end();
    }
  }

  @Override
  public ByteBuffer receive() throws SocketException {
    time.begin();
    try {
      return port.receive();
    } finally {
      time.end();
    }
  }

  @Override
  public ByteBuffer receiveNow() throws SocketException {
    return port.receiveNow();
  }

  @Override
  public void close() {
    port.close();
  }
}
