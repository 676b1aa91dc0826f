package felix.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /liveness} and {@code /readiness}: 200, or 503 and what is wrong, a line each;
 * then how each part fares.
 *
 * <p>One thread, which never waits for a client. There is room for few clients, and the oldest has
 * to go when another one comes: a probe is answered at once however many others say nothing.
 */
public final class HealthServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int MOST_CLIENTS = 64;
  private static final int BACKLOG = 1_024;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(100);

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final HttpAnswer answers;
  private final Thread thread = new Thread(this::run, "health-server");

  /** The oldest first. */
  private final Deque<HttpConnection> clients = new ArrayDeque<>();

  private HealthServer(ServerSocketChannel listener, Selector selector, Health health) {
    this.listener = listener;
    this.selector = selector;
    this.answers = new HttpAnswer(health);
    thread.setDaemon(true);
  }

  /**
   * A server that answers already.
   *
   * @param address port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static HealthServer start(InetSocketAddress address, Health health) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + address.getHostString());
    }
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(address, BACKLOG).configureBlocking(false);
      Selector selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
      var server = new HealthServer(listener, selector, health);
      server.thread.start();
      return server;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  public int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector;
        listener) {
      while (!Thread.currentThread().isInterrupted()) {
        selector.select(clients.isEmpty() ? 0 : TIME_LIMIT.toMillis());
        selector.selectedKeys().forEach(this::serve);
        selector.selectedKeys().clear();
        dropTheSlow();
      }
    } catch (IOException e) {
      LOG.error("Health is served no more: {}", e.getMessage());
    } finally {
      clients.forEach(HttpConnection::close);
    }
  }

  private void serve(SelectionKey key) {
    if (key.attachment() instanceof HttpConnection client) {
      if (key.isValid() && proceed(client)) {
        key.interestOps(client.interest());
      }
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        channel.configureBlocking(false);
        welcome(channel);
      }
    } catch (ClosedChannelException e) {
      LOG.debug("closed");
    } catch (IOException e) {
      // No file descriptors, say. It would be tried again at once, and in vain.
      LockSupport.parkNanos(PAUSE_AFTER_REFUSAL.toNanos());
    }
  }

  private void welcome(SocketChannel channel) throws IOException {
    if (clients.size() >= MOST_CLIENTS) {
      clients.removeFirst().close();
    }
    var client = new HttpConnection(channel, answers, System.nanoTime());
    clients.addLast(client);
    // The request is often there already.
    if (proceed(client)) {
      channel.register(selector, client.interest(), client);
    }
  }

  /** Returns whether it goes on. */
  private boolean proceed(HttpConnection client) {
    try {
      if (client.proceed()) {
        return true;
      }
    } catch (IOException e) {
      LOG.debug("a client went: {}", e.getMessage());
    }
    clients.remove(client);
    client.close();
    return false;
  }

  private void dropTheSlow() {
    long oldest = System.nanoTime() - TIME_LIMIT.toNanos();
    while (!clients.isEmpty() && clients.getFirst().since() - oldest < 0) {
      clients.removeFirst().close();
    }
  }
}
