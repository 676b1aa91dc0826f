package felix.dataplane.netlink;

import felix.model.Ip;

/**
 * An address of an interface.
 *
 * @param address with its host bits
 * @param scope {@code RT_SCOPE_...}
 */
public record AddressMessage(int linkIndex, Ip address, int prefixLength, int scope)
    implements RtnetlinkObject {
  @Override
  public String toString() {
    return "address " + address + "/" + prefixLength + " dev #" + linkIndex;
  }
}
