package felix.lab;

import felix.lab.Party.Heard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Real sockets in two namespaces. A socket belongs for good to where it was made. */
final class Conversation {
  private static final int PORT = 5001;
  private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
  private static final int LARGEST_DATAGRAM = 65_535;

  private Conversation() {}

  static Heard udp(Party from, Party to, int bytes) {
    var data = data(bytes);
    try (var server = Inside.namespace(to.namespace(), () -> datagrams(to));
        var client = Inside.namespace(from.namespace(), () -> datagrams(to))) {
      server.bind(new InetSocketAddress(to.ip(), PORT));
      client.socket().send(new DatagramPacket(data, bytes, new InetSocketAddress(to.ip(), PORT)));
      var got = receive(server);
      server.socket().send(got);
      var sender = (InetSocketAddress) got.getSocketAddress();
      boolean whole = holds(got, data) && holds(receive(client), data);
      return new Heard(sender.getAddress().getHostAddress(), sender.getPort(), whole);
    } catch (SocketTimeoutException e) {
      return Heard.NOTHING;
    } catch (IOException e) {
      throw new LabException("UDP from " + from + " to " + to, e);
    }
  }

  private static DatagramChannel datagrams(Party to) throws IOException {
    var channel = DatagramChannel.open(family(to));
    channel.socket().setSoTimeout(LIMIT_MILLIS);
    return channel;
  }

  private static StandardProtocolFamily family(Party party) {
    return Address.isIpv6(party.ip()) ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  private static DatagramPacket receive(DatagramChannel channel) throws IOException {
    var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
    channel.socket().receive(packet);
    return packet;
  }

  private static boolean holds(DatagramPacket packet, byte[] data) {
    return Arrays.equals(packet.getData(), 0, packet.getLength(), data, 0, data.length);
  }

  static Heard tcp(Party from, Party to, int bytes) {
    var data = data(bytes);
    try (var server = Inside.namespace(to.namespace(), () -> ServerSocketChannel.open(family(to)));
        var client = Inside.namespace(from.namespace(), () -> SocketChannel.open(family(to)))) {
      server.bind(new InetSocketAddress(to.ip(), PORT));
      server.socket().setSoTimeout(LIMIT_MILLIS);
      var sent =
          CompletableFuture.runAsync(() -> send(client, to, data), Thread::startVirtualThread);
      try (var connection = server.socket().accept()) {
        connection.setSoTimeout(LIMIT_MILLIS);
        var got = connection.getInputStream().readAllBytes();
        sent.join();
        return new Heard(
            connection.getInetAddress().getHostAddress(),
            connection.getPort(),
            Arrays.equals(got, data));
      }
    } catch (SocketTimeoutException e) {
      return Heard.NOTHING;
    } catch (IOException e) {
      throw new LabException("TCP from " + from + " to " + to, e);
    }
  }

  /** A connection that does not come about is seen by the server's side. */
  private static void send(SocketChannel client, Party to, byte[] data) {
    try {
      client.socket().connect(new InetSocketAddress(to.ip(), PORT), LIMIT_MILLIS);
      client.socket().getOutputStream().write(data);
      client.shutdownOutput();
    } catch (IOException e) {
      throw new LabException("to " + to, e);
    }
  }

  /** Bytes that are not all alike, the same every time. */
  private static byte[] data(int bytes) {
    var data = new byte[bytes];
    new Random(bytes).nextBytes(data);
    return data;
  }
}
