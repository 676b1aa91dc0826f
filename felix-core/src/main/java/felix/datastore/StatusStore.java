package felix.datastore;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Where the agent writes what others may want to know of it. Every call has a short time limit. One
 * thread.
 */
public interface StatusStore {
  /**
   * Writes one key.
   *
   * @param time after which it goes by itself; zero for never
   * @throws IOException if it was refused, or there was no answer: it may be written or not
   */
  void put(String key, String value, Duration time) throws IOException, InterruptedException;

  /**
   * Deletes a key, whether there is one or not.
   *
   * @throws IOException likewise
   */
  void delete(String key) throws IOException, InterruptedException;

  /**
   * All keys that begin so, with their values.
   *
   * @throws IOException if it was refused, or there was no answer
   */
  Map<String, String> list(String prefix) throws IOException, InterruptedException;
}
