package felix.datastore;

import felix.lab.Authority;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.kv.PutResponse;
import io.etcd.jetcd.op.Op;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real etcd on free ports with data of its own, and a client that writes to it. */
public final class EtcdServer implements AutoCloseable {
  private static final int CALL_SECONDS = 30;

  private final int port = freePort();
  private final int peerPort = freePort();
  private final int adminPort = freePort();
  private final Path directory;
  private final String scheme;
  private List<String> options;
  private final Client client;
  private Process process;

  public EtcdServer(String... options) throws IOException {
    this("http", List.of(options));
  }

  private EtcdServer(String scheme, List<String> options) throws IOException {
    this.scheme = scheme;
    this.options = options;
    directory = Files.createTempDirectory("felix-etcd-");
    process = launch();
    client = Client.builder().endpoints(admin()).build();
  }

  /**
   * One that speaks TLS to all but the tests themselves.
   *
   * @param clients who vouches for clients
   */
  public static EtcdServer secure(Authority.Issued own, Path clients, String... more)
      throws IOException {
    return new EtcdServer("https", secureOptions(own, clients, more));
  }

  private static List<String> secureOptions(Authority.Issued own, Path clients, String... more) {
    return Stream.concat(
            Stream.of(
                "--cert-file=" + own.certificate(),
                "--key-file=" + own.key(),
                "--trusted-ca-file=" + clients,
                "--client-cert-auth"),
            Arrays.stream(more))
        .toList();
  }

  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  URI endpointV6() {
    return URI.create(scheme + "://[::1]:" + port);
  }

  URI endpointByName() {
    return URI.create(scheme + "://localhost:" + port);
  }

  /** For tests; http always. */
  public URI admin() {
    return endpoint(scheme.equals("http") ? port : adminPort);
  }

  static URI endpoint(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  /** Ends it as a power cut would. Its data stays. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it over the data that it left. */
  public void startAgain() throws IOException {
    process = launch();
  }

  /** Likewise with other certificates. */
  void startAgain(Authority.Issued own, Path clients) throws IOException {
    options = secureOptions(own, clients);
    startAgain();
  }

  /** Starts it without what it held: as if restored from a backup of long ago. */
  void startEmpty() throws IOException {
    deleteData();
    startAgain();
  }

  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Returns the revision. */
  public long put(String path, String value) {
    return await(kv().put(bytes(KeyPath.ROOT + path), bytes(value))).getHeader().getRevision();
  }

  CompletableFuture<PutResponse> putLater(String path, String value) {
    return putLaterAt(KeyPath.ROOT + path, value);
  }

  CompletableFuture<PutResponse> putLaterAt(String key, String value) {
    return kv().put(bytes(key), bytes(value));
  }

  /** A key below no root. */
  long putOutside(String key) {
    return putAt(key, "x");
  }

  long putAt(String key, String value) {
    return await(kv().put(bytes(key), bytes(value))).getHeader().getRevision();
  }

  void deleteAt(String key) {
    await(kv().delete(bytes(key)));
  }

  public void delete(String path) {
    await(kv().delete(bytes(KeyPath.ROOT + path)));
  }

  void transaction(Op... operations) {
    await(kv().txn().Then(operations).commit());
  }

  void compact(long revision) {
    await(kv().compact(revision));
  }

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  static <T> T await(CompletableFuture<T> call) {
    try {
      return call.get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    kill();
    deleteData();
    Files.delete(directory);
  }

  private KV kv() {
    return client.getKVClient();
  }

  private Process launch() throws IOException {
    var command =
        Stream.concat(
                Stream.of(
                    "etcd",
                    "--data-dir=" + directory.resolve("data"),
                    "--listen-client-urls=" + listened(),
                    "--advertise-client-urls=" + endpoint(),
                    "--listen-peer-urls=" + endpoint(peerPort),
                    "--initial-advertise-peer-urls=" + endpoint(peerPort),
                    "--initial-cluster=default=" + endpoint(peerPort),
                    "--max-txn-ops=2048",
                    "--unsafe-no-fsync"),
                options.stream())
            .toList();
    var log = directory.resolve("log").toFile();
    var started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  private String listened() {
    String all = endpoint() + "," + endpointV6();
    return scheme.equals("http") ? all : all + "," + admin();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill " + name + " failed");
    }
  }

  private void deleteData() throws IOException {
    try (var files = Files.walk(directory)) {
      File[] all =
          files
              .sorted(Comparator.reverseOrder())
              .filter(file -> !file.equals(directory))
              .map(Path::toFile)
              .toArray(File[]::new);
      if (!Arrays.stream(all).allMatch(File::delete)) {
        throw new IOException("cannot delete " + directory);
      }
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
