package felix.status;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.delta.ActiveWorkload;
import felix.model.EndpointKey;
import felix.model.WorkloadEndpointKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file for each workload endpoint that is up, as today's Felix does, on a thread of its
 * own: the disk may not answer. Only where the folder above is there: it is made by those who look
 * into it.
 */
public final class StatusFiles {
  /** The name of the thread. */
  public static final String THREAD = "status-files";

  private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

  /** Felix's: between two looks at what is there. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final Path prefix;
  private final Path folder;
  private final EndpointBoard board;
  private final Thread thread = new Thread(this::run, THREAD);
  private volatile long progress;
  private boolean failing;

  /**
   * Does nothing yet.
   *
   * @param onFault called by the thread for an exception that is a bug
   */
  public StatusFiles(Path prefix, EndpointBoard board, Consumer<Throwable> onFault) {
    this.prefix = prefix;
    this.folder = prefix.resolve("endpoint-status");
    this.board = board;
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, fault) -> onFault.accept(fault));
  }

  public void start() {
    thread.start();
  }

  /** Another number after each piece of work. */
  public long progress() {
    return progress;
  }

  private void run() {
    try {
      while (true) {
        long version = board.version();
        progress = System.nanoTime();
        boolean well = board.isComplete() ? tryToReconcile() : true;
        board.awaitNews(version, well ? REFRESH : AFTER_FAILURE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryToReconcile() {
    try {
      reconcile();
      failing = false;
      return true;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("Endpoint status cannot be written to {}: {}; trying on", folder, e.toString());
      }
      failing = true;
      return false;
    }
  }

  /** Brings the files to what the board says. */
  void reconcile() throws IOException {
    if (!Files.isDirectory(prefix)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Map<String, String> wanted = wanted();
    Map<String, String> found = found();
    for (Map.Entry<String, String> file : wanted.entrySet()) {
      if (!file.getValue().equals(found.get(file.getKey()))) {
        write(file.getKey(), file.getValue());
      }
    }
    var superfluous = new HashSet<>(found.keySet());
    superfluous.removeAll(wanted.keySet());
    for (String name : superfluous) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private Map<String, String> wanted() {
    var wanted = new HashMap<String, String>();
    for (Map.Entry<EndpointKey, EndpointReport> entry : board.reports().entrySet()) {
      ActiveWorkload workload = entry.getValue().workload();
      boolean up = entry.getValue().state() == EndpointState.UP;
      if (up && workload != null && entry.getKey() instanceof WorkloadEndpointKey key) {
        String name = StatusFileName.of(key);
        if (!name.isEmpty()) {
          wanted.put(name, StatusText.file(workload));
        }
      }
    }
    return wanted;
  }

  private Map<String, String> found() throws IOException {
    var found = new HashMap<String, String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (StatusFileName.isOne(name) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.put(name, read(file));
        }
      }
    }
    return found;
  }

  private static String read(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Whole or not at all: who watches the folder reads at once. */
  private void write(String name, String text) throws IOException {
    Path made = prefix.resolve(".endpoint-status.new");
    Files.writeString(made, text);
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(made, folder.resolve(name), ATOMIC_MOVE);
    progress = System.nanoTime();
  }
}
