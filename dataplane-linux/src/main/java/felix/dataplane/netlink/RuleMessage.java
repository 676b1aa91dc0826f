package felix.dataplane.netlink;

import felix.model.Cidr;
import felix.model.IpVersion;

/**
 * A rule that says which packets are looked up in which routing table.
 *
 * @param priority the lowest one comes first
 * @param action {@code FR_ACT_...}
 * @param inverted whether it is for the packets that it does not describe
 */
public record RuleMessage(
    int priority, int table, int action, boolean inverted, RuleSelector selector)
    implements RtnetlinkObject {
  /** Look into the table. */
  public static final int ACTION_TABLE = 1;

  /**
   * The packets that a rule describes.
   *
   * @param mark of these bits of the packet's mark; 0 if there is no mask
   */
  public record RuleSelector(
      IpVersion version, Cidr source, Cidr destination, int mark, int markMask) {}

  @Override
  public String toString() {
    return "rule " + priority + " table " + table;
  }
}
