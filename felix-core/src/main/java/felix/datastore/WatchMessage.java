package felix.datastore;

import java.util.List;

/** What a watch says. */
sealed interface WatchMessage {
  /** The watch stands. Nothing is said about what was delivered. */
  record Created(EtcdHead head) implements WatchMessage {}

  /**
   * Whole transactions in their order, never a part of one.
   *
   * @param received when it came in, by {@link System#nanoTime}
   */
  record Changed(List<EtcdEntry> entries, long received) implements WatchMessage {}

  /** All up to this revision has been delivered. */
  record Progress(long revision) implements WatchMessage {}
}
