package felix.datastore;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy before etcd that can be cut, at once or after some of etcd's answers. */
final class CutProxy implements AutoCloseable {
  private static final int HTTP2_HEADER_BYTES = 9;
  private static final int HTTP2_DATA = 0;
  private static final int NEVER = Integer.MAX_VALUE;

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private final AtomicInteger answers = new AtomicInteger(NEVER);
  private final AtomicInteger cuts = new AtomicInteger();

  CutProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends all connections, and lets no new one live. */
  void cut() throws IOException {
    cut = true;
    closeAll();
  }

  void mend() {
    cut = false;
  }

  /** Lets the next connection live for so many HTTP/2 data frames of etcd's, then ends it. */
  void cutNextAfter(int frames) {
    answers.set(frames);
  }

  /** How often a connection was ended after some frames. */
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll();
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket near = server.accept();
      daemon(() -> connect(near));
    }
  }

  private void connect(Socket near) throws IOException {
    try (near) {
      if (cut) {
        return;
      }
      int limit = answers.getAndSet(NEVER);
      try (Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
        open.add(near);
        open.add(far);
        daemon(() -> pump(near, far));
        pumpFrames(far, near, limit);
      }
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private void pumpFrames(Socket from, Socket to, int limit) throws IOException {
    int frames = 0;
    while (frames < limit) {
      if (copyFrame(from.getInputStream(), to.getOutputStream()) == HTTP2_DATA) {
        frames++;
      }
    }
    cuts.incrementAndGet();
  }

  /** Returns the frame's type. */
  private static int copyFrame(InputStream in, OutputStream out) throws IOException {
    var data = new DataInputStream(in);
    byte[] header = new byte[HTTP2_HEADER_BYTES];
    data.readFully(header);
    byte[] body = new byte[(header[0] & 255) << 16 | (header[1] & 255) << 8 | (header[2] & 255)];
    data.readFully(body);
    out.write(header);
    out.write(body);
    out.flush();
    return header[3];
  }

  private void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // the end of a connection, which is what this is for
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  static CutProxy before(EtcdServer etcd) {
    try {
      return new CutProxy(etcd.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
