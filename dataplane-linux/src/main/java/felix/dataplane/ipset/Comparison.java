package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetEntry;
import felix.dataplane.netlink.IpSets;
import java.util.BitSet;

/** The members that the kernel lists of a set, beside those that are desired. */
final class Comparison implements IpSets.MemberReader {
  private final MemberFormat format;
  private final PackedMembers desired;
  private final PackedMembers surplus;
  private final BitSet seen;
  private final long[] member;
  private boolean readable = true;

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
    int slot = desired.slotOf(member);
    if (slot < 0) {
      surplus.add(member);
    } else {
      seen.set(slot);
    }
  }

  /** Whether all were members of the kind that is desired. */
  boolean isReadable() {
    return readable;
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
