package felix.datastore;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is at a revision.
 *
 * @param value null: deleted
 * @param modRevision when this value was written, or the key deleted
 */
record EtcdEntry(String key, @Nullable ByteString value, long modRevision) {}
