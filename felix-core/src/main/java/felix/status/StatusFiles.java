package felix.status;

import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointState;
import felix.delta.ActiveWorkload;
import felix.model.EndpointKey;
import felix.model.WorkloadEndpointKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file for each workload endpoint that is up, as today's Felix does, on a thread of its
 * own: the disk may not answer. Only where the folder above is there: it is made by those who look
 * into it. What others did to the files is seen now and then, what the board says at once.
 */
public final class StatusFiles {
  /** The name of the thread. */
  public static final String THREAD = "status-files";

  private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

  /** Felix's: between two looks at what is there. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final StatusFolder folder;
  private final EndpointBoard board;
  private final Thread thread = new Thread(this::run, THREAD);
  private volatile long progress;
  private boolean failing;

  /** When to look at the folder again, by {@link System#nanoTime}. */
  private long nextLook = System.nanoTime();

  /** Of the board that {@link #wanted} and {@link #made} are of. */
  private long version = -1;

  /** Texts by name. */
  private Map<String, String> wanted = Map.of();

  private Map<EndpointKey, Wanted> made = new HashMap<>();

  /**
   * A file that there should be.
   *
   * @param report for which it was made
   * @param name empty if no file can be called so
   */
  private record Wanted(EndpointReport report, String name, String text) {}

  /**
   * Does nothing yet.
   *
   * @param onFault called by the thread for an exception that is a bug
   */
  public StatusFiles(Path prefix, EndpointBoard board, Consumer<Throwable> onFault) {
    this.folder = new StatusFolder(prefix, InstantSource.system());
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
        long known = board.version();
        progress = System.nanoTime();
        boolean well = !board.isComplete() || tryToReconcile();
        board.awaitNews(known, well ? untilNextLook() : AFTER_FAILURE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration untilNextLook() {
    long left = nextLook - System.nanoTime();
    return left > 0 && board.isComplete() ? Duration.ofNanos(left) : REFRESH;
  }

  private boolean tryToReconcile() {
    try {
      if (nextLook - System.nanoTime() <= 0) {
        look();
      }
      follow();
      failing = false;
      return true;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn("Endpoint status cannot be written to {}: {}; trying on", folder, e.toString());
      }
      failing = true;
      nextLook = System.nanoTime();
      return false;
    }
  }

  /** Sees what others did to the files. */
  void look() throws IOException {
    if (folder.isWanted()) {
      folder.look();
    }
    nextLook = System.nanoTime() + REFRESH.toNanos();
  }

  /** Brings the files from what they were when last looked at to what the board says. */
  void follow() throws IOException {
    if (!folder.isWanted()) {
      return;
    }
    take();
    Map<String, String> found = folder.texts();
    if (wanted.equals(found)) {
      return;
    }
    for (Map.Entry<String, String> file : wanted.entrySet()) {
      if (!file.getValue().equals(found.get(file.getKey()))) {
        folder.write(file.getKey(), file.getValue());
        progress = System.nanoTime();
      }
    }
    var superfluous = new HashSet<>(found.keySet());
    superfluous.removeAll(wanted.keySet());
    for (String name : superfluous) {
      folder.delete(name);
    }
  }

  private void take() {
    long current = board.version();
    if (current == version) {
      return;
    }
    var now = new HashMap<EndpointKey, Wanted>();
    var texts = new HashMap<String, String>();
    for (Map.Entry<EndpointKey, EndpointReport> entry : board.reports().entrySet()) {
      EndpointReport report = entry.getValue();
      ActiveWorkload workload = report.workload();
      boolean up = report.state() == EndpointState.UP;
      if (up && workload != null && entry.getKey() instanceof WorkloadEndpointKey key) {
        Wanted before = made.get(key);
        Wanted file =
            before != null && before.report().equals(report) ? before : made(key, report, workload);
        now.put(key, file);
        if (!file.name().isEmpty()) {
          texts.put(file.name(), file.text());
        }
      }
    }
    version = current;
    made = now;
    wanted = texts;
  }

  private static Wanted made(
      WorkloadEndpointKey key, EndpointReport report, ActiveWorkload workload) {
    return new Wanted(report, StatusFileName.of(key), StatusText.file(workload));
  }
}
