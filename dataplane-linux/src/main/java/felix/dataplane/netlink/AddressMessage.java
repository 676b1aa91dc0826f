package felix.dataplane.netlink;

import felix.model.Ip;
import org.jspecify.annotations.Nullable;

/**
 * An address of an interface.
 *
 * @param address with its host bits
 * @param scope {@code RT_SCOPE_...}
 */
public record AddressMessage(int linkIndex, Ip address, int prefixLength, int scope, Others others)
    implements RtnetlinkObject {
  /** An address without a broadcast address or a far end. */
  public AddressMessage(int linkIndex, Ip address, int prefixLength, int scope) {
    this(linkIndex, address, prefixLength, scope, Others.NONE);
  }

  /**
   * Addresses that go with it.
   *
   * @param broadcast IPv4 only; null for none
   * @param farEnd on a link with two ends, to whom the prefix belongs then; null for none
   */
  public record Others(@Nullable Ip broadcast, @Nullable Ip farEnd) {
    public static final Others NONE = new Others(null, null);
  }

  @Override
  public String toString() {
    return "address " + address + "/" + prefixLength + " dev #" + linkIndex;
  }
}
