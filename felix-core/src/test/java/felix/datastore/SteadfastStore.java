package felix.datastore;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A store that sees to its connection itself, as the watcher does in an agent. One thread. */
public final class SteadfastStore implements StatusStore, AutoCloseable {
  private final EtcdConnector connector;
  private final StatusStore store;

  public SteadfastStore(EtcdSettings settings) {
    connector = new EtcdConnector(settings);
    store = connector.statusStore();
  }

  private interface Call<T> {
    T make() throws IOException, InterruptedException;
  }

  private <T> T over(Call<T> call) throws IOException, InterruptedException {
    connector.connection();
    try {
      return call.make();
    } catch (IOException e) {
      connector.close();
      throw e;
    }
  }

  @Override
  public void put(String key, String value, Duration time)
      throws IOException, InterruptedException {
    over(
        () -> {
          store.put(key, value, time);
          return true;
        });
  }

  @Override
  public void delete(String key) throws IOException, InterruptedException {
    over(
        () -> {
          store.delete(key);
          return true;
        });
  }

  @Override
  public Map<String, String> list(String prefix) throws IOException, InterruptedException {
    return over(() -> store.list(prefix));
  }

  @Override
  public void close() {
    connector.close();
  }
}
