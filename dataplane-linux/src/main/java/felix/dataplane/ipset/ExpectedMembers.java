package felix.dataplane.ipset;

import felix.dataplane.netlink.IpSetHeader;
import felix.dataplane.netlink.IpSets;

/**
 * What a set should look like to somebody who lists it.
 *
 * @param digest of its members; {@link IpSets.MemberReader#NO_DIGEST} where they must be looked at
 */
record ExpectedMembers(MemberFormat format, IpSetHeader header, long digest) {
  boolean isKnown() {
    return digest != IpSets.MemberReader.NO_DIGEST;
  }

  /** The same set, of which the members must be looked at. */
  ExpectedMembers unknown() {
    return new ExpectedMembers(format, header, IpSets.MemberReader.NO_DIGEST);
  }
}
