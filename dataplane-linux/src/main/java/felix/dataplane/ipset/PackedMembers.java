package felix.dataplane.ipset;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A set of members, each a fixed number of words: 13 to 26 bytes for an IPv4 member where a hash
 * set of objects takes over a hundred. Sets of some hundred thousand members are usual.
 *
 * <p>Open addressing with linear probing; a removal closes the gap, so that there are no grave
 * stones. The last word of a member is never 0, as {@link MemberFormat} makes sure; 0 marks a free
 * slot.
 */
final class PackedMembers {
  private static final int SMALLEST = 4;

  private final int words;
  private long[] slots;
  private int size;

  PackedMembers(int words) {
    this.words = words;
    this.slots = new long[SMALLEST * words];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean contains(long[] member) {
    return !isFree(find(member));
  }

  /** Whether it was not there before. */
  boolean add(long[] member) {
    int slot = find(member);
    if (!isFree(slot)) {
      return false;
    }
    if ((size + 1) * 4L > capacity() * 3L) {
      resize(capacity() * 2);
      slot = find(member);
    }
    System.arraycopy(member, 0, slots, slot * words, words);
    size++;
    return true;
  }

  /** Whether it was there. */
  boolean remove(long[] member) {
    int slot = find(member);
    if (isFree(slot)) {
      return false;
    }
    closeGap(slot);
    size--;
    return true;
  }

  void clear() {
    if (size > 0) {
      slots = new long[SMALLEST * words];
      size = 0;
    }
  }

  /** How many slots there are; a member keeps its slot until another is added or removed. */
  int slotCount() {
    return capacity();
  }

  /** Where a member is; -1 if it is not there. */
  int slotOf(long[] member) {
    int slot = find(member);
    return isFree(slot) ? -1 : slot;
  }

  /** Takes a member with its slot. */
  interface SlotAction {
    void take(int slot, long[] member);
  }

  /** Shows each member, in no order, in a buffer that is valid during the call only. */
  void forEach(Consumer<long[]> action) {
    forEachSlot((slot, member) -> action.accept(member));
  }

  /** As {@link #forEach}, with the slots. */
  void forEachSlot(SlotAction action) {
    var member = new long[words];
    for (int slot = 0; slot < capacity(); slot++) {
      if (!isFree(slot)) {
        read(slot, member);
        action.take(slot, member);
      }
    }
  }

  private int capacity() {
    return slots.length / words;
  }

  private boolean isFree(int slot) {
    return slots[slot * words + words - 1] == 0;
  }

  private void read(int slot, long[] into) {
    System.arraycopy(slots, slot * words, into, 0, words);
  }

  /** The slot that holds the member, or the free one where it would go. */
  private int find(long[] member) {
    int mask = capacity() - 1;
    int slot = home(member);
    while (!isFree(slot) && !holds(slot, member)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(int slot, long[] member) {
    for (int i = 0; i < words; i++) {
      if (slots[slot * words + i] != member[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the search for a member begins. The multiplier is 2^64 divided by the golden ratio. */
  private int home(long[] member) {
    long hash = 0;
    for (int i = 0; i < words; i++) {
      hash = (hash ^ member[i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return (int) hash & (capacity() - 1);
  }

  /** Knuth's Algorithm R: moves up whatever a search would not find any more past the gap. */
  private void closeGap(int freed) {
    int mask = capacity() - 1;
    var member = new long[words];
    int gap = freed;
    for (int slot = (gap + 1) & mask; !isFree(slot); slot = (slot + 1) & mask) {
      read(slot, member);
      int distanceFromHome = (slot - home(member)) & mask;
      if (distanceFromHome >= ((slot - gap) & mask)) {
        System.arraycopy(member, 0, slots, gap * words, words);
        gap = slot;
      }
    }
    Arrays.fill(slots, gap * words, (gap + 1) * words, 0);
  }

  private void resize(int newCapacity) {
    long[] old = slots;
    slots = new long[newCapacity * words];
    var member = new long[words];
    for (int from = 0; from < old.length; from += words) {
      if (old[from + words - 1] != 0) {
        System.arraycopy(old, from, member, 0, words);
        System.arraycopy(member, 0, slots, find(member) * words, words);
      }
    }
  }
}
