package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetEntry;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The members that the kernel lists of a set, beside those that are desired. */
final class Comparison implements ListedMembers {
  private final MemberFormat format;
  private final PackedMembers desired;
  private final PackedMembers surplus;
  private final BitSet seen;
  private final long[] member;
  private boolean readable = true;
  private long digest = NO_DIGEST;

  /** A comparison with members that do not change while it lasts. */
  Comparison(MemberFormat format, PackedMembers desired) {
    this.format = format;
    this.desired = desired;
    this.surplus = new PackedMembers(format.words());
    this.seen = new BitSet(desired.slotCount());
    this.member = new long[format.words()];
  }

  @Override
  public void take(IpSetEntry entry) {
    if (!format.pack(entry, member)) {
      readable = false;
      return;
    }
    take(member);
  }

  /** Takes a member that is packed already. */
  void take(long[] member) {
    int slot = desired.slotOf(member);
    if (slot < 0) {
      surplus.add(member);
    } else {
      seen.set(slot);
    }
  }

  @Override
  public void end(long ofAll) {
    digest = ofAll;
  }

  @Override
  public long digest() {
    return digest;
  }

  @Override
  public @Nullable Comparison beside(PackedMembers others) {
    return readable && others == desired ? this : null;
  }

  /** Adds to two sets what the kernel lacks, and what it has too much. */
  void differences(PackedMembers missing, PackedMembers tooMuch) {
    surplus.forEach(tooMuch::add);
    if (seen.cardinality() < desired.size()) {
      desired.forEachSlot(
          (slot, wanted) -> {
            if (!seen.get(slot)) {
              missing.add(wanted);
            }
          });
    }
  }
}
