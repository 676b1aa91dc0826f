package felix.dataplane.link;

import felix.dataplane.netlink.Request;
import java.util.List;

/** One thing to be done to a device. */
sealed interface Repair {
  /**
   * Names it for people, and tells it from all other repairs. The same repair of a device that was
   * made anew meanwhile has the same name.
   */
  String what();

  /**
   * Makes a device, in place of a wrong one if there is such.
   *
   * @param why what is wrong now
   * @param requests the last one makes it
   */
  record Make(String what, String kind, String why, List<Request> requests) implements Repair {
    public Make {
      requests = List.copyOf(requests);
    }
  }

  /**
   * Changes or removes what is there, or adds to it.
   *
   * @param elseMakeAnew whether a kernel that cannot do this can still make the device as it should
   *     be
   */
  record Change(String what, String device, Request request, boolean elseMakeAnew)
      implements Repair {}

  /** Has a device leave no checksums to others. */
  record ChecksumOff(String what, String device) implements Repair {}
}
