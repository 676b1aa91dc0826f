package felix.datastore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Etcd, over the connection that the watcher has; it waits for none to come about. */
final class EtcdStatusStore implements StatusStore {
  /** Felix's, for a write. */
  private static final Duration CALL = Duration.ofSeconds(2);

  private static final int PAGE = 500;

  private final Supplier<Optional<EtcdConnection>> current;

  /**
   * A store.
   *
   * @param current the connection, empty while there is none
   */
  EtcdStatusStore(Supplier<Optional<EtcdConnection>> current) {
    this.current = current;
  }

  @Override
  public void put(String key, String value, Duration time)
      throws IOException, InterruptedException {
    ask(
        etcd -> {
          // A lease each time: one that is kept could be lost, and nobody renews a dead one.
          etcd.put(key, value, time.isZero() ? 0 : etcd.grant(time));
          return true;
        });
  }

  @Override
  public void delete(String key) throws IOException, InterruptedException {
    ask(
        etcd -> {
          etcd.delete(key);
          return true;
        });
  }

  @Override
  public Map<String, String> list(String prefix) throws IOException, InterruptedException {
    return ask(etcd -> all(etcd, prefix));
  }

  private static Map<String, String> all(EtcdConnection etcd, String prefix)
      throws InterruptedException {
    var found = new TreeMap<String, String>();
    String last = "";
    EtcdPage page;
    do {
      page = etcd.page(prefix, last, PAGE, 0);
      for (EtcdEntry entry : page.entries()) {
        last = entry.key();
        found.put(last, text(entry));
      }
    } while (page.more() && !page.entries().isEmpty());
    return found;
  }

  private static String text(EtcdEntry entry) {
    var value = entry.value();
    return value == null ? "" : value.toString(StandardCharsets.UTF_8);
  }

  private interface Question<T> {
    T ask(EtcdConnection etcd) throws InterruptedException;
  }

  private <T> T ask(Question<T> question) throws IOException, InterruptedException {
    EtcdConnection etcd =
        current.get().orElseThrow(() -> new IOException("there is no connection to etcd"));
    try {
      return question.ask(etcd.within(CALL));
    } catch (EtcdFailure failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
