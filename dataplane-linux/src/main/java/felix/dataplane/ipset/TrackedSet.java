package felix.dataplane.ipset;

import static felix.dataplane.netlink.IpSets.MemberReader.NO_DIGEST;

import felix.dataplane.netlink.IpSetHeader;
import org.jspecify.annotations.Nullable;

/**
 * A set that is desired, and what the kernel holds of it. Of two sets of members that are alike but
 * for a few only one is kept, with the difference: the kernel holds {@link #desired} less {@link
 * #missing} and with {@link #surplus}.
 */
final class TrackedSet {
  /** How the kernel's set relates to the desired one. */
  enum State {
    /** There is none. */
    ABSENT,
    /** One that cannot be mended by adding and deleting, or whose members are not known. */
    OTHER,
    /** One created as ours are; {@link #missing} and {@link #surplus} are the difference. */
    COMPARED
  }

  private final String name;
  private final MemberFormat format;
  private final IpSetHeader header;
  private final PackedMembers desired;
  private final PackedMembers missing;
  private final PackedMembers surplus;
  private State state = State.ABSENT;

  /**
   * Of the list of the kernel's members as they are known here; {@code NO_DIGEST} where that was
   * not listed since something was written. What is desired may have changed meanwhile.
   */
  private long digest = NO_DIGEST;

  /** What the kernel's set was created with; null if there is none or it is not known. */
  private @Nullable IpSetHeader actualHeader;

  TrackedSet(String name, MemberFormat format, int maxSize) {
    this.name = name;
    this.format = format;
    this.header = format.header(maxSize);
    this.desired = new PackedMembers(format.words());
    this.missing = new PackedMembers(format.words());
    this.surplus = new PackedMembers(format.words());
  }

  String name() {
    return name;
  }

  MemberFormat format() {
    return format;
  }

  IpSetHeader header() {
    return header;
  }

  State state() {
    return state;
  }

  /** What a list should show of it, if nobody else has written. */
  ExpectedMembers expected() {
    return new ExpectedMembers(format, header, digest);
  }

  PackedMembers desired() {
    return desired;
  }

  PackedMembers missing() {
    return missing;
  }

  PackedMembers surplus() {
    return surplus;
  }

  boolean isInSync() {
    return state == State.COMPARED && missing.isEmpty() && surplus.isEmpty();
  }

  /** Whether a kernel's set that is there can be replaced by swapping in another one. */
  boolean isSwappable() {
    return actualHeader == null || actualHeader.isSwappableWith(header);
  }

  void add(long[] member) {
    if (desired.add(member) && state == State.COMPARED && !surplus.remove(member)) {
      missing.add(member);
    }
  }

  void remove(long[] member) {
    if (desired.remove(member) && state == State.COMPARED && !missing.remove(member)) {
      surplus.add(member);
    }
  }

  void replace(PackedMembers wanted) {
    var gone = new PackedMembers(format.words());
    desired.forEach(
        member -> {
          if (!wanted.contains(member)) {
            gone.add(member);
          }
        });
    gone.forEach(this::remove);
    wanted.forEach(this::add);
  }

  /** The kernel has no such set. */
  void foundNone() {
    become(State.ABSENT, null);
  }

  /** The kernel has a set of this name, about whose members nothing is known. */
  void foundUnknown() {
    become(State.OTHER, null);
  }

  /** All was written. */
  void written() {
    become(State.COMPARED, header);
  }

  /** The kernel was read. */
  void found(KernelReading.Found found) {
    ListedMembers members = found.members();
    if (members != null && !members.wantsMembers() && members.digest() == digest) {
      return; // all is as it is known here
    }
    become(State.OTHER, found.listed().header());
    Comparison comparison = members == null ? null : members.beside(desired);
    if (members != null && comparison != null) {
      comparison.differences(missing, surplus);
      state = State.COMPARED;
      digest = members.digest();
    }
  }

  private void become(State now, @Nullable IpSetHeader headerNow) {
    state = now;
    actualHeader = headerNow;
    digest = NO_DIGEST;
    missing.clear();
    surplus.clear();
  }
}
