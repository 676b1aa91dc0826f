package felix.policysync;

import static org.assertj.core.api.Assertions.assertThat;

import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Policy sync in a folder, with the graph before it and the volume driver played by the test. */
final class SyncHost implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final List<SyncStream> streams = new ArrayList<>();
  private @Nullable Path prefix;
  private @Nullable PolicySync sync;
  private @Nullable DeltaSink sink;

  void start(Path folder) throws IOException {
    prefix = folder;
    Files.createDirectories(folder.resolve("creds"));
    Files.createDirectories(folder.resolve("mount"));
    var started = new PolicySync(new PolicySyncSettings("node1", folder), faults::add);
    sink = started.before(delta -> true);
    started.start();
    sync = started;
  }

  PolicySync sync() {
    return Objects.requireNonNull(sync);
  }

  void tell(DataplaneDelta delta) {
    assertThat(Objects.requireNonNull(sink).offer(delta)).isTrue();
  }

  /** A workload of namespace default comes; its file whole at once, as the driver's is not. */
  void credentials(String uid, String workload) throws IOException {
    Files.createDirectories(folder().resolve("mount").resolve(uid));
    Path file = folder().resolve(uid);
    Files.writeString(
        file,
        """
        {"UID": "%s", "Workload": "%s", "Namespace": "default", "ServiceAccount": "default"}
        """
            .formatted(uid, workload));
    Files.move(file, folder().resolve("creds/" + uid + ".json"));
  }

  Path socket(String uid) {
    return folder().resolve("mount").resolve(uid).resolve("socket");
  }

  SyncStream connect(String uid) {
    return connect(uid, true);
  }

  SyncStream connectWithoutReading(String uid) {
    return connect(uid, false);
  }

  private SyncStream connect(String uid, boolean reading) {
    Await.until(
        "there is a socket",
        LIMIT,
        () -> Files.exists(socket(uid)) && !Files.isSymbolicLink(socket(uid)));
    var stream = new SyncStream(socket(uid), reading);
    streams.add(stream);
    return stream;
  }

  static void awaitText(SyncStream stream, String text) {
    Await.until("is told " + text, LIMIT, () -> stream.text().contains(text));
  }

  @Override
  public void close() {
    streams.forEach(SyncStream::close);
    sync().close();
    assertThat(faults).isEmpty();
  }

  private Path folder() {
    return Objects.requireNonNull(prefix);
  }
}
