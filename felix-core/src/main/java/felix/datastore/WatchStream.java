package felix.datastore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A watch that stands until it fails or is closed; it never resumes by itself. One thread. */
interface WatchStream extends AutoCloseable {
  /**
   * The next message.
   *
   * @return null if none came in time
   * @throws EtcdFailure once the watch has ended and all it delivered was taken
   */
  @Nullable WatchMessage next(Duration limit) throws InterruptedException;

  @Override
  void close();
}
