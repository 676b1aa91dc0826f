package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of a set as another thread than the driver's saw them: packed, for a comparison later
 * on; or their digest alone, where one is expected.
 */
final class GatheredMembers implements ListedMembers {
  private final ExpectedMembers expected;
  private final long[] member;
  private long[] packed;
  private int length;
  private boolean readable = true;
  private long digest = NO_DIGEST;

  /**
   * Nothing yet.
   *
   * @param size how many there will be, as far as is known
   */
  GatheredMembers(ExpectedMembers expected, int size) {
    this.expected = expected;
    this.member = new long[expected.format().words()];
    this.packed = new long[expected.isKnown() ? 0 : Math.max(0, size) * member.length];
  }

  @Override
  public boolean wantsMembers() {
    return !expected.isKnown();
  }

  @Override
  public void take(IpSetEntry entry) {
    if (!expected.format().pack(entry, member)) {
      readable = false;
      return;
    }
    if (length + member.length > packed.length) {
      packed = Arrays.copyOf(packed, Math.max(16 * member.length, 2 * packed.length));
    }
    System.arraycopy(member, 0, packed, length, member.length);
    length += member.length;
  }

  @Override
  public void end(long ofAll) {
    digest = ofAll;
  }

  /** Whether there is nothing that would have to be looked at. */
  boolean areAsExpected() {
    return digest == expected.digest();
  }

  @Override
  public long digest() {
    return digest;
  }

  @Override
  public @Nullable Comparison beside(PackedMembers desired) {
    if (expected.isKnown() || !readable) {
      return null;
    }
    var comparison = new Comparison(expected.format(), desired);
    for (int at = 0; at < length; at += member.length) {
      System.arraycopy(packed, at, member, 0, member.length);
      comparison.take(member);
    }
    return comparison;
  }
}
