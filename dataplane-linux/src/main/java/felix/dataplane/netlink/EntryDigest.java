package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import jnr.ffi.Pointer;

/**
 * Makes one number of the entries of a table, {@code struct ipt_entry} one behind the other: what a
 * packet looks like, u32, u16 offset of the target, u16 offset of the next entry, u32, u64 packets,
 * u64 bytes, matches, target. Chains and policies are entries as well.
 *
 * <p>The number is two sums over other polynomials without a common factor, which is as good as one
 * of 64 bits: of changes that nobody chose for the purpose it misses one in 2<sup>64</sup>, and
 * none in which all that differs lies within 64 bits. No other digest that Java brings has its
 * speed before it is compiled. It is no guard against one who may write rules and wants to deceive.
 *
 * @param nextOffset where the offset of the next entry stands
 * @param counters where the counters begin
 * @param entryBytes of an entry without matches and target
 */
record EntryDigest(int nextOffset, int counters, int entryBytes) {
  /** {@code struct ipt_ip} has 84 bytes. */
  static final EntryDigest V4 = new EntryDigest(90, 96, 112);

  /** {@code struct ip6t_ip6} has 136 bytes; the counters are aligned. */
  static final EntryDigest V6 = new EntryDigest(142, 152, 168);

  private static final int CHUNK_BYTES = 8 << 10;

  /**
   * The number; sets the counters to zero.
   *
   * @param info what else belongs to the table
   * @param from where the entries begin in memory
   * @param to where they end
   * @throws KernelException if they are not one behind the other
   */
  long of(byte[] info, Pointer memory, int from, int to) {
    clearCounters(memory, from, to);
    var sum = new CRC32();
    var otherSum = new CRC32C();
    sum.update(info);
    otherSum.update(info);
    var chunk = new byte[CHUNK_BYTES];
    for (int at = from; at < to; at += chunk.length) {
      int length = Math.min(chunk.length, to - at);
      memory.get(at, chunk, 0, length);
      sum.update(chunk, 0, length);
      otherSum.update(chunk, 0, length);
    }
    return otherSum.getValue() << 32 | sum.getValue();
  }

  private void clearCounters(Pointer memory, int from, int to) {
    int at = from;
    while (at < to) {
      int length = to - at < entryBytes ? 0 : Short.toUnsignedInt(memory.getShort(at + nextOffset));
      if (length < entryBytes || length > to - at) {
        throw new KernelException("look at a table", "no entry at byte " + (at - from));
      }
      memory.putLong(at + counters, 0);
      memory.putLong(at + counters + Long.BYTES, 0);
      at += length;
    }
  }
}
