package felix.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A conversation that goes on: a client and a server that keep their sockets, and say a word to
 * each other whenever they are asked to.
 */
public abstract sealed class Flow implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(3).toMillis();

  /** A word is said anew after so long, as packets may be lost while rules are written. */
  private static final int AGAIN_MILLIS = 200;

  private Flow() {}

  /** Datagrams between two sockets. */
  public static Datagrams udp(Party client, Party server, int port) {
    return new Datagrams(client, server, port);
  }

  /** One connection. */
  public static Flow tcp(Party client, Party server, int port) {
    return new Stream(client, server, port);
  }

  /** Whether a word arrives and is answered; waits some seconds for it. */
  public abstract boolean works();

  @Override
  public abstract void close();

  /** Of UDP. */
  public static final class Datagrams extends Flow {
    private final int port;
    private final DatagramChannel client;
    private DatagramChannel server;

    private Datagrams(Party from, Party to, int port) {
      this.port = port;
      this.client = channel(from);
      this.server = channel(to);
      try {
        server.bind(new InetSocketAddress(to.ip(), port));
        client.connect(new InetSocketAddress(to.ip(), port));
      } catch (IOException e) {
        throw new LabException("UDP from " + from + " to " + to, e);
      }
    }

    /** Another one answers from now on, at the same address. */
    public void answeredBy(Party other) {
      try {
        server.close();
        server = channel(other);
        server.bind(new InetSocketAddress(other.ip(), port));
      } catch (IOException e) {
        throw new LabException("UDP to " + other, e);
      }
    }

    @Override
    public boolean works() {
      for (int waited = 0; waited < PATIENCE_MILLIS; waited += 2 * AGAIN_MILLIS) {
        try {
          client.socket().send(new DatagramPacket(new byte[] {1}, 1, client.getRemoteAddress()));
          var word = new DatagramPacket(new byte[1], 1);
          server.socket().receive(word);
          server.socket().send(word);
          client.socket().receive(word);
          return true;
        } catch (SocketTimeoutException | SocketException e) {
          // once more; an ICMP error may have come back
        } catch (IOException e) {
          throw new LabException("UDP to port " + port, e);
        }
      }
      return false;
    }

    @Override
    public void close() {
      try (client) {
        server.close();
      } catch (IOException e) {
        throw new LabException("close", e);
      }
    }

    private static DatagramChannel channel(Party party) {
      return Inside.namespace(
          party.namespace(),
          () -> {
            var channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.socket().setSoTimeout(AGAIN_MILLIS);
            return channel;
          });
    }
  }

  /** Of TCP. */
  private static final class Stream extends Flow {
    private final SocketChannel client;
    private final SocketChannel server;

    Stream(Party from, Party to, int port) {
      try (var listening =
          Inside.namespace(
              to.namespace(), () -> ServerSocketChannel.open(StandardProtocolFamily.INET))) {
        listening.bind(new InetSocketAddress(to.ip(), port));
        client =
            Inside.namespace(
                from.namespace(), () -> SocketChannel.open(StandardProtocolFamily.INET));
        client.socket().connect(new InetSocketAddress(to.ip(), port), PATIENCE_MILLIS);
        server = listening.accept();
        client.socket().setSoTimeout(PATIENCE_MILLIS);
        server.socket().setSoTimeout(PATIENCE_MILLIS);
      } catch (IOException e) {
        throw new LabException("TCP from " + from + " to " + to, e);
      }
    }

    @Override
    public boolean works() {
      try {
        client.socket().getOutputStream().write(1);
        server.socket().getInputStream().read();
        server.socket().getOutputStream().write(1);
        client.socket().getInputStream().read();
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        throw new LabException("TCP", e);
      }
    }

    @Override
    public void close() {
      try (client) {
        server.close();
      } catch (IOException e) {
        throw new LabException("close", e);
      }
    }
  }
}
