package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests with running numbers, and what comes back. After a failure of the conversation itself
 * its socket is closed and the next one opened on demand: what may still come for an abandoned
 * request goes with it.
 */
final class Conversation implements AutoCloseable {
  /** Opens a socket. */
  interface Opener {
    DatagramPort open() throws SocketException;
  }

  /**
   * A part of the conversation that ends with an answer or fails as a whole.
   *
   * @param <R> the answer
   */
  interface Exchange<R> {
    R run() throws SocketException;
  }

  private final Opener opener;
  private final ByteBuffer out;
  private @Nullable DatagramPort port;
  private int lastSequence;

  Conversation(Opener opener, int maxDatagramBytes) {
    this.opener = opener;
    this.out = ByteBuffer.allocateDirect(maxDatagramBytes);
  }

  /**
   * Runs an exchange.
   *
   * @throws KernelException if it fails
   */
  <R> R run(String operation, Exchange<R> exchange) {
    try {
      return exchange.run();
    } catch (SocketException e) {
      close();
      throw e.toKernelException(operation);
    } catch (MalformedMessageException e) {
      close();
      throw new KernelException(operation, String.valueOf(e.getMessage()));
    }
  }

  /** Takes the next numbers for requests and returns the first of them. */
  int takeSequences(int count) {
    int first = lastSequence + 1;
    lastSequence += count;
    return first;
  }

  /** A writer of the next datagram. */
  MessageWriter write() {
    return new MessageWriter(out.clear());
  }

  /** Sends what was written. */
  void send() throws SocketException {
    port().send(out.flip());
  }

  /**
   * Waits for messages. The bodies are valid until the next call.
   *
   * @throws SocketException among others with EAGAIN, if none came in time
   */
  List<RawMessage> answers() throws SocketException {
    ByteBuffer datagram = port().receive();
    if (!datagram.hasRemaining()) {
      throw new SocketException("no answer in time", Errno.EAGAIN);
    }
    return RawMessage.split(datagram);
  }

  @Override
  public void close() {
    if (port != null) {
      port.close();
      port = null;
    }
  }

  private DatagramPort port() throws SocketException {
    if (port == null) {
      port = opener.open();
    }
    return port;
  }
}
