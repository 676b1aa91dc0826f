package felix.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one GET or HEAD a connection. Connections, the size of a request and its time are
 * bounded; when there are too many, the one that has kept us waiting longest for its request makes
 * room for the newest. So whoever asks at once is answered, however many others only hold on.
 *
 * <p>One thread accepts, and each connection has another from a pool that is empty while nobody
 * asks.
 */
public final class SmallServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmallServer.class);

  private static final int MAX_CONNECTIONS = 32;

  /** Those that had to go still have their thread for a moment. */
  private static final int MAX_WAITING = 1024;

  private static final int BACKLOG = 1024;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration THREADS_WAIT = Duration.ofSeconds(5);

  /** An answer should fit, so that a client that does not read it does not hold a thread. */
  private static final int SEND_BUFFER_BYTES = 128 << 10;

  private final ServerSocket listening;
  private final Layer layer;
  private final Function<String, Answer> site;
  private final ThreadPoolExecutor threads;
  private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

  /** What lies between a connection and HTTP. */
  @FunctionalInterface
  public interface Layer {
    /** HTTP itself. */
    Layer PLAIN = accepted -> accepted;

    /** The socket to speak HTTP over; closing it closes the accepted one. */
    Socket over(Socket accepted) throws IOException;
  }

  /** A client. {@code answering} is set by the thread that serves it. */
  private static final class Connection {
    final Socket socket;
    final long since = System.nanoTime();
    volatile boolean answering;

    Connection(Socket socket) {
      this.socket = socket;
    }

    boolean isTooOld() {
      return System.nanoTime() - since > TIME_LIMIT.toNanos();
    }
  }

  private SmallServer(
      String name, ServerSocket listening, Layer layer, Function<String, Answer> site) {
    this.listening = listening;
    this.layer = layer;
    this.site = site;
    this.threads =
        new ThreadPoolExecutor(
            MAX_CONNECTIONS,
            MAX_CONNECTIONS,
            THREADS_WAIT.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * A server that answers already.
   *
   * @param name of its threads
   * @param address port 0 for any free one
   * @param site what there is at a path; called by several threads
   * @throws IOException if it cannot listen there
   */
  public static SmallServer start(
      String name, InetSocketAddress address, Layer layer, Function<String, Answer> site)
      throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    var listening = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
    var server = new SmallServer(name, listening, layer, site);
    Thread.ofPlatform().daemon().name(name).start(server::accept);
    return server;
  }

  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(listening);
    threads.shutdownNow();
    open.forEach(connection -> closeQuietly(connection.socket));
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        listening.setSoTimeout(open.isEmpty() ? 0 : (int) LOOK_AGAIN.toMillis());
        admit(new Connection(listening.accept()));
      } catch (SocketTimeoutException e) {
        open.stream().filter(Connection::isTooOld).forEach(this::drop);
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOG.debug("{}: {}", listening, e.getMessage());
          pause();
        }
      }
    }
  }

  private void admit(Connection newest) {
    if (open.size() >= MAX_CONNECTIONS) {
      open.stream()
          .filter(connection -> !connection.answering)
          .findFirst()
          .ifPresentOrElse(this::drop, () -> drop(newest));
    }
    open.add(newest);
    try {
      threads.execute(() -> serve(newest));
    } catch (RejectedExecutionException e) {
      drop(newest);
    }
  }

  private void serve(Connection client) {
    try {
      client.socket.setSendBufferSize(SEND_BUFFER_BYTES);
      client.socket.setSoTimeout((int) TIME_LIMIT.toMillis());
      try (Socket socket = layer.over(client.socket)) {
        answer(client, socket);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", client.socket, e.getMessage());
    } finally {
      drop(client);
    }
  }

  private void answer(Connection client, Socket socket) throws IOException {
    boolean withBody = true;
    Answer answer;
    try {
      Request request = Request.read(socket.getInputStream());
      withBody = !request.method().equals("HEAD");
      client.answering = true;
      answer = site.apply(request.path());
    } catch (Request.RefusedException e) {
      answer = e.answer();
    }
    byte[] body = answer.body().getBytes(UTF_8);
    var out = socket.getOutputStream();
    out.write(answer.head(body.length));
    if (withBody) {
      out.write(body);
    }
    out.flush();
  }

  private void drop(Connection connection) {
    open.remove(connection);
    closeQuietly(connection.socket);
  }

  /** Out of file descriptors, most likely. */
  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("{}: {}", socket, e.getMessage());
    }
  }
}
