package felix.calc.ring;

import felix.model.ResourceUpdate;
import java.util.List;

/**
 * Where the datastore's thread hands over what it decoded. Blocks while too much is waiting. One
 * thread at a time.
 */
public interface DatastoreSink {
  /**
   * All that the datastore holds at a revision. What was there before and is not in the list is
   * gone.
   *
   * @param resources only such as have a value
   */
  void snapshot(long revision, List<ResourceUpdate> resources);

  /**
   * What changed, in order; the last of several updates of one key counts.
   *
   * @param received when the first of it came in, by {@link System#nanoTime}
   */
  void updates(long revision, List<ResourceUpdate> updates, long received);

  /** What changed just now. */
  default void updates(long revision, List<ResourceUpdate> updates) {
    updates(revision, updates, System.nanoTime());
  }
}
