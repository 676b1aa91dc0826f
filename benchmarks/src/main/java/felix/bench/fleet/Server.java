package felix.bench.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process that listens on a port of this host, and what it has used. */
public final class Server implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 20;

  private final Process process;
  private final int port;

  private Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * An etcd that keeps its data in a folder, and does not wait for the disk.
   *
   * @param interfaces the address that it listens at, or 0.0.0.0
   */
  public static Server etcd(Path folder, String interfaces, String... options)
      throws IOException, InterruptedException {
    int port = freePort();
    String url = "http://%s:" + port;
    var command =
        List.of(
            "etcd",
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + url.formatted(interfaces),
            "--advertise-client-urls=" + url.formatted(LOOPBACK),
            "--listen-peer-urls=http://127.0.0.1:" + freePort(),
            "--unsafe-no-fsync");
    return start(port, Stream.concat(command.stream(), Stream.of(options)).toList());
  }

  /** A proxy before an etcd, which makes one watch of equal ones. */
  static Server proxy(Path folder, Server etcd) throws IOException, InterruptedException {
    int port = freePort();
    return start(
        port,
        List.of(
            "etcd",
            "grpc-proxy",
            "start",
            "--data-dir=" + folder.resolve("proxy"),
            "--endpoints=" + etcd.address(),
            "--listen-addr=127.0.0.1:" + port));
  }

  private static Server start(int port, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var server = new Server(process, port);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!server.listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        server.close();
        throw new IOException("did not start: " + String.join(" ", command));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return server;
  }

  /** For clients of this host. */
  public URI address() {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  public int port() {
    return port;
  }

  /** Processor time that it has used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Memory that it has now, in MiB. */
  public long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
