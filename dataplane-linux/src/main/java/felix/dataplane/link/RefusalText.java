package felix.dataplane.link;

import felix.dataplane.netlink.Errno;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.Refusal;
import felix.dataplane.netlink.Request.Operation;
import felix.dataplane.netlink.VxlanParameters;
import org.jspecify.annotations.Nullable;

/** What people should know of a refusal: the kernel's words, and what they mean here. Pure. */
final class RefusalText {
  private RefusalText() {}

  static String of(Refusal refusal, Snapshot snapshot) {
    String words = refusal.words();
    String text = words.isEmpty() ? refusal.errno().toString() : refusal.errno() + ": " + words;
    if (!(refusal.request().object() instanceof LinkMessage asked)) {
      return text;
    }
    String meaning =
        switch (refusal.request().operation()) {
          case ADD -> refusal.errno().equals(Errno.EEXIST) ? rival(asked, snapshot) : null;
          case CHANGE -> refusal.errno().equals(Errno.EINVAL) ? bound(asked, snapshot) : null;
          case DELETE, REPLACE -> null;
        };
    return meaning == null ? text : text + " (" + meaning + ")";
  }

  static boolean isUnknownKind(Refusal refusal) {
    return refusal.request().operation() == Operation.ADD
        && refusal.errno().equals(Errno.EOPNOTSUPP);
  }

  /** A host has one link for a VNI and a port. */
  private static @Nullable String rival(LinkMessage asked, Snapshot snapshot) {
    VxlanParameters wanted = asked.vxlan();
    for (LinkMessage link : snapshot.links()) {
      VxlanParameters other = link.vxlan();
      if (wanted != null
          && other != null
          && !link.name().equals(asked.name())
          && other.vni() == wanted.vni()
          && other.port() == wanted.port()) {
        return link.name() + " has VNI " + other.vni() + " on port " + other.port() + " already";
      }
    }
    return null;
  }

  /** A VXLAN's packets must fit into those of its parent. */
  private static @Nullable String bound(LinkMessage asked, Snapshot snapshot) {
    if (asked.settings().mtuBytes() == 0) {
      return null;
    }
    for (LinkMessage link : snapshot.links()) {
      VxlanParameters vxlan = link.index() == asked.index() ? link.vxlan() : null;
      for (LinkMessage parent : snapshot.links()) {
        if (vxlan != null && parent.index() == vxlan.parentIndex()) {
          return "that of " + parent.name() + " is " + parent.settings().mtuBytes();
        }
      }
    }
    return null;
  }
}
