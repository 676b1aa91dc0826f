package felix.dataplane.netlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A short number for the bytes in which the kernel lists the members of a set, so that a set that
 * did not change is known by it: to decode costs many times as much. The kernel lists a set that
 * nobody changes in the same order each time; into how many messages it cuts the list, which
 * depends on the sets before it, does not matter here. One thread, one set after the other.
 *
 * <p>It is keyed, with numbers that the process drew and that leave it nowhere: NH of RFC 4418
 * (5.2) over blocks of 4 KiB, twice, 2^-64; and of the results a polynomial modulo 2^61 - 1 at a
 * secret point. Two different lists have the same digest with a chance of at most 1 in 2^58 for a
 * set of some hundred members, and 1 in 2^49 for one of 100,000. That holds for any two lists, so
 * also for those that somebody made up who can write to the set: nobody can do better without
 * having read this process' memory. A checksum such as CRC would be an invitation to that.
 */
final class MembersDigest {
  /** What no list has. */
  static final long NONE = IpSets.MemberReader.NO_DIGEST;

  private static final int BLOCK_BYTES = 4 << 10;
  private static final int BLOCK_WORDS = BLOCK_BYTES / Integer.BYTES;

  /** By so many words the key of the second NH is further on than that of the first. */
  private static final int SHIFT = 4;

  private static final int PAIR_BYTES = 2 * Integer.BYTES;
  private static final long WORD = 0xffff_ffffL;
  private static final long PRIME = (1L << 61) - 1;

  private final Key key;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final IntBuffer inBlock =
      ByteBuffer.wrap(block).order(ByteOrder.nativeOrder()).asIntBuffer();
  private final int[] words = new int[BLOCK_WORDS];

  /** How many bytes of the block are taken. */
  private int filled;

  private long bytes;

  /** The value of the polynomial so far, less than 2^61 + 8. */
  private long sum;

  /** With the key of this process: all digests are alike. */
  MembersDigest() {
    this(OfProcess.KEY);
  }

  MembersDigest(Key key) {
    this.key = key;
  }

  /** What makes digests unpredictable. */
  static final class Key {
    static final int BYTES = (BLOCK_WORDS + SHIFT) * Integer.BYTES + Long.BYTES;

    /** For NH. */
    private final int[] words = new int[BLOCK_WORDS + SHIFT];

    /** Of the polynomial, less than 2^61 - 1. */
    private final long point;

    /** From so many random bytes. */
    Key(byte[] random) {
      ByteBuffer from = ByteBuffer.wrap(random);
      point = (from.getLong() >>> 3) % PRIME;
      from.asIntBuffer().get(words);
    }
  }

  private static final class OfProcess {
    static final Key KEY = new Key(draw());

    /** The kernel's own, since to set up Java's takes as long as many refreshes. */
    private static byte[] draw() {
      try (var random = Files.newInputStream(Path.of("/dev/urandom"))) {
        return random.readNBytes(Key.BYTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Another set. */
  void begin() {
    filled = 0;
    bytes = 0;
    sum = 0;
  }

  /** More of the set's list. */
  void add(ByteBuffer part) {
    bytes += part.remaining();
    for (int from = part.position(); from < part.limit(); ) {
      int count = Math.min(part.limit() - from, BLOCK_BYTES - filled);
      part.get(from, block, filled, count);
      from += count;
      filled += count;
      if (filled == BLOCK_BYTES) {
        takeBlock(BLOCK_WORDS);
      }
    }
  }

  /** The digest of all that came since the begin. */
  long end() {
    while (filled % PAIR_BYTES != 0) {
      block[filled++] = 0;
    }
    takeBlock(filled / Integer.BYTES);
    take(bytes);
    long digest = (sum & PRIME) + (sum >>> 61);
    return digest >= PRIME ? digest - PRIME : digest;
  }

  private void takeBlock(int count) {
    inBlock.get(0, words, 0, count);
    filled = 0;
    int[] keys = key.words;
    int[] of = words;
    long first = 0;
    long second = 0;
    for (int i = 0; i < count; i += 2) {
      int even = of[i];
      int odd = of[i + 1];
      first += ((even + keys[i]) & WORD) * ((odd + keys[i + 1]) & WORD);
      second += ((even + keys[i + SHIFT]) & WORD) * ((odd + keys[i + SHIFT + 1]) & WORD);
    }
    take(first >>> 32);
    take(first & WORD);
    take(second >>> 32);
    take(second & WORD);
  }

  /** The next coefficient, less than 2^60. */
  private void take(long coefficient) {
    long high = Math.multiplyHigh(sum, key.point);
    long low = sum * key.point;
    long next = (low & PRIME) + ((low >>> 61) | (high << 3)) + coefficient;
    sum = (next & PRIME) + (next >>> 61);
  }
}
