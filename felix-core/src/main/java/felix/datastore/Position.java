package felix.datastore;

import felix.datastore.EtcdConnection.EtcdLookup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far etcd's history has been taken over.
 *
 * @param clusterId whose history
 * @param next the first revision not taken over yet
 * @param keys how many keys there were when last listed
 * @param witness the last key written among those watched, if it still stands. An etcd that was
 *     restored from a backup may have reached our revision again, with another history; it does not
 *     have this key with this revision.
 */
record Position(long clusterId, long next, int keys, @Nullable EtcdEntry witness) {
  /**
   * From here replaying takes etcd longer than listing: it replays about 10,000 revisions a second,
   * and lists about 100,000 keys.
   */
  private static final int KEYS_PER_REVISION = 10;

  private static final int ALWAYS_REPLAYED = 1_000;

  Position after(List<EtcdEntry> changes) {
    EtcdEntry last = witness;
    for (EtcdEntry change : changes) {
      if (change.value() != null) {
        last = change;
      } else if (last != null && last.key().equals(change.key())) {
        last = null;
      }
    }
    return new Position(clusterId, changes.getLast().modRevision() + 1, keys, last);
  }

  Position upTo(long revision) {
    return new Position(clusterId, Math.max(next, revision + 1), keys, witness);
  }

  /**
   * Why to list anew instead of watching from here; empty if the watch can go on.
   *
   * @throws EtcdFailure of kind HISTORY likewise
   */
  Optional<String> whyNotFromHere(EtcdConnection etcd) throws InterruptedException {
    String key = witness == null ? KeyPath.ROOT : witness.key();
    EtcdLookup found = etcd.get(key, next - 1);
    if (!isOurs(found.head())) {
      return Optional.of("another etcd, or one restored from a backup");
    }
    if (witness != null && !isWitness(found.entry())) {
      return Optional.of("etcd was restored from a backup");
    }
    long behind = found.head().revision() - next + 1;
    return behind > Math.max(ALWAYS_REPLAYED, keys / KEYS_PER_REVISION)
        ? Optional.of(behind + " revisions behind")
        : Optional.empty();
  }

  /**
   * Whether an answer can be from the etcd whose history this is. Etcd's proxy does not know the
   * cluster's ID where it answers for itself: to a watch that it joins with another one.
   */
  boolean isOurs(EtcdHead head) {
    boolean sameCluster = head.clusterId() == clusterId || head.clusterId() == EtcdHead.NO_CLUSTER;
    return sameCluster && head.revision() >= next - 1;
  }

  private boolean isWitness(Optional<EtcdEntry> found) {
    long expected = witness == null ? 0 : witness.modRevision();
    return found.filter(entry -> entry.modRevision() == expected).isPresent();
  }
}
