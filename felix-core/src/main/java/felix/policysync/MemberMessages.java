package felix.policysync;

import felix.delta.IpSetId;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.delta.MemberChanges;
import felix.policysync.Message.IpSetDelta;
import felix.policysync.Message.IpSetUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The members of IP sets in messages that a client takes. */
final class MemberMessages {
  /**
   * Felix's MaxMembersPerMessage: gRPC's clients take 4 MiB, and a member has 51 bytes at most, an
   * IPv6 address with protocol and port.
   */
  static final int MOST = 82_200;

  private MemberMessages() {}

  static void all(
      IpSetId id, IpSetType type, Collection<IpSetMember> members, Consumer<Message> to) {
    Iterator<IpSetMember> rest = members.iterator();
    to.accept(new IpSetUpdate(id, type, next(rest, MOST)));
    while (rest.hasNext()) {
      to.accept(new IpSetDelta(id, next(rest, MOST), List.of()));
    }
  }

  static void changes(IpSetId id, MemberChanges.OfSet changes, Consumer<Message> to) {
    Iterator<IpSetMember> added = changes.added().iterator();
    Iterator<IpSetMember> removed = changes.removed().iterator();
    while (added.hasNext() || removed.hasNext()) {
      List<IpSetMember> came = next(added, MOST);
      to.accept(new IpSetDelta(id, came, next(removed, MOST - came.size())));
    }
  }

  private static List<IpSetMember> next(Iterator<IpSetMember> members, int most) {
    var next = new ArrayList<IpSetMember>();
    while (next.size() < most && members.hasNext()) {
      next.add(members.next());
    }
    return next;
  }
}
