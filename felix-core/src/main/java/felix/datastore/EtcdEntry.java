package felix.datastore;

import io.etcd.jetcd.ByteSequence;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is at a revision.
 *
 * @param value null: deleted
 * @param modRevision when this value was written, or the key deleted
 */
record EtcdEntry(String key, @Nullable ByteSequence value, long modRevision) {}
