package felix.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A second watch of one key in etcd: when any watcher may know of a change. */
public final class EtcdEar implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ConcurrentLinkedQueue<Long> heard = new ConcurrentLinkedQueue<>();
  private final Process process;

  /** Listens on a node. */
  EtcdEar(String namespace, String key) {
    var builder =
        Shell.in(namespace)
            .process("etcdctl", "--endpoints=" + Etcd.URL, "-w", "json", "watch", key);
    builder.environment().put("ETCDCTL_API", "3");
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().name("etcd-ear").start(this::listen);
  }

  /** When the oldest change not asked for yet was heard of, by {@link System#nanoTime}; waits. */
  public long nanoTime() {
    Await.within(LIMIT, Duration.ofMillis(1), () -> !heard.isEmpty());
    Long first = heard.poll();
    if (first == null) {
      throw new LabException("etcd was not heard");
    }
    return first;
  }

  /** Forgets what was heard so far. */
  public void forget() {
    heard.clear();
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      while (lines.readLine() != null) {
        heard.add(System.nanoTime());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
