package felix.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What so many agents cost an etcd on this machine: first directly, then all of them through one
 * {@code etcd grpc-proxy}. Each is a real watcher with a connection of its own, in this process;
 * what is counted is the processor time and the memory of etcd and of the proxy.
 */
public final class WatchFleet {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long PAUSE_MILLIS = 50;

  /** Two hundred say the same; kept, or the level would be forgotten. */
  private static final Logger CHATTER = Logger.getLogger("felix.datastore");

  private final int watchers;
  private final int keys;
  private final int changes;
  private final int perSecond;

  private WatchFleet(List<Integer> sizes) {
    watchers = sizes.get(0);
    keys = sizes.get(1);
    changes = sizes.get(2);
    perSecond = sizes.get(3);
  }

  /**
   * Prints both.
   *
   * @param args how many watchers (200), keys (10,000), changes (1,000), changes a second (50)
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    CHATTER.setLevel(Level.SEVERE);
    var given = Stream.of(args).map(Integer::valueOf).toList();
    var usual = List.of(200, 10_000, 1_000, 50);
    var sizes = Stream.concat(given.stream(), usual.stream().skip(given.size())).toList();
    var fleet = new WatchFleet(sizes);
    System.out.printf("watchers, keys, changes, changes a second: %s%n", sizes);
    fleet.run(false);
    fleet.run(true);
  }

  private void run(boolean proxied) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("fleet");
    try (var etcd = Server.etcd(folder, "127.0.0.1")) {
      if (proxied) {
        try (var proxy = Server.proxy(folder, etcd)) {
          measure("through one proxy", etcd, proxy);
        }
      } else {
        measure("directly", etcd, null);
      }
    } finally {
      delete(folder);
    }
  }

  private void measure(String way, Server etcd, @Nullable Server proxy)
      throws IOException, InterruptedException {
    try (var cluster = new Cluster(etcd.address())) {
      cluster.fill(keys);
      var watched = proxy == null ? etcd : proxy;
      var fleet = Stream.generate(() -> new Follower(watched.address())).limit(watchers).toList();
      var start = new Usage(etcd, proxy);
      fleet.forEach(Follower::start);
      await("everything is listed", () -> fleet.stream().allMatch(f -> f.follows(keys)));
      start.print(way + ": all list and begin to watch", (long) watchers * keys, "key and watcher");
      var usage = new Usage(etcd, proxy);
      cluster.change(changes, keys, perSecond);
      await("changes are seen", () -> fleet.stream().allMatch(f -> f.updated() >= changes));
      usage.print(way + ": changes", (long) watchers * changes, "change and watcher");
      fleet.forEach(Follower::close);
    }
  }

  /** What etcd and the proxy used since this was made. */
  private static final class Usage {
    private final Server etcd;
    private final @Nullable Server proxy;
    private final Duration etcdBefore;
    private final Duration proxyBefore;

    Usage(Server etcd, @Nullable Server proxy) {
      this.etcd = etcd;
      this.proxy = proxy;
      etcdBefore = etcd.cpu();
      proxyBefore = proxy == null ? Duration.ZERO : proxy.cpu();
    }

    void print(String what, long deliveries, String unit) throws IOException {
      System.out.println(what);
      print("etcd", etcd, etcdBefore, deliveries, unit);
      if (proxy != null) {
        print("proxy", proxy, proxyBefore, deliveries, unit);
      }
    }

    private static void print(
        String name, Server server, Duration before, long deliveries, String unit)
        throws IOException {
      Duration used = server.cpu().minus(before);
      System.out.printf(
          "  %-5s %6.2f s of processor, %7.2f us for each %s; %d MiB%n",
          name,
          used.toMillis() / 1000.0,
          used.toNanos() / 1000.0 / deliveries,
          unit,
          server.residentMiB());
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not in time: " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(WatchFleet::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
