package felix.datastore;

import java.time.Duration;
import java.util.Optional;

/**
 * The little of etcd that is needed. All reads are linearizable, and have a time limit. Any thread.
 */
interface EtcdConnection extends AutoCloseable {
  /** Where etcd is. */
  EtcdHead head() throws InterruptedException;

  /**
   * One key.
   *
   * @param revision as it was then; 0 for now
   * @throws EtcdFailure of kind HISTORY if that is compacted or was never
   */
  EtcdLookup get(String key, long revision) throws InterruptedException;

  /**
   * Keys that begin with a root.
   *
   * @param root {@link KeyPath#BLOCKS} or {@link KeyPath#ROOT}
   * @param after the key before the first one wanted; empty for the beginning
   * @param revision likewise
   */
  EtcdPage page(String root, String after, int limit, long revision) throws InterruptedException;

  /**
   * All changes below both roots from a revision on, in one order; and some between them, which
   * mean nothing.
   */
  WatchStream watch(long fromRevision);

  /**
   * Writes one key.
   *
   * @param lease that it goes with; 0 for none
   */
  void put(String key, String value, long lease) throws InterruptedException;

  void delete(String key) throws InterruptedException;

  /**
   * The same connection with another limit for the answer to a small question. Only one of both is
   * to be closed.
   */
  EtcdConnection within(Duration limit);

  /** A lease that ends after this time, to whole seconds, at least one; returns its number. */
  long grant(Duration time) throws InterruptedException;

  @Override
  void close();

  /** The answer to a question for one key. */
  record EtcdLookup(EtcdHead head, Optional<EtcdEntry> entry) {}
}
