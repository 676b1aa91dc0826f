package felix.dataplane.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the name of a chain for an ID that cannot. Remembers some, since the same policies
 * are named for each endpoint and direction; each has one slot, where the next one with that slot
 * takes its place. Any thread: records are immutable, and who comes too early makes the hash again.
 *
 * @param hash SHA-256 in Base64 for URLs
 */
record HashedName(String id, String hash) {
  private static final @Nullable HashedName[] RECENT = new @Nullable HashedName[1 << 12];

  static String hashOf(String id) {
    int hash = id.hashCode();
    int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
    HashedName known = RECENT[slot];
    if (known == null || !known.id.equals(id)) {
      known = new HashedName(id, sha256(id));
      RECENT[slot] = known;
    }
    return known.hash;
  }

  private static String sha256(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-256 belongs to every JDK", e);
    }
  }
}
