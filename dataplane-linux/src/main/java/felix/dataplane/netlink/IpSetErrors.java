package felix.dataplane.netlink;

import java.util.Map;

/**
 * The errors that only IP sets know, {@code IPSET_ERR_...} of {@code
 * linux/netfilter/ipset/ip_set.h}, and what the others mean here.
 */
public final class IpSetErrors {
  /** Something in the kernel names the set. */
  public static final Errno BUSY = new Errno(4100);

  static final Errno PROTOCOL = new Errno(4097);
  static final Errno FIND_TYPE = new Errno(4098);
  static final Errno TYPE_MISMATCH = new Errno(4102);
  static final Errno HASH_FULL = new Errno(4352);

  private static final Map<Errno, String> WORDS =
      Map.ofEntries(
          Map.entry(Errno.ENOENT, "there is no such set"),
          Map.entry(Errno.EEXIST, "there is a set of this name that is not the same"),
          Map.entry(PROTOCOL, "the kernel does not understand the message"),
          Map.entry(FIND_TYPE, "the kernel does not know the type of set"),
          Map.entry(new Errno(4099), "there are as many sets as the kernel can hold"),
          Map.entry(BUSY, "the set is in use"),
          Map.entry(new Errno(4101), "there is no such other set"),
          Map.entry(TYPE_MISMATCH, "the sets are not of one type and family"),
          Map.entry(new Errno(4103), "it is there already, or gone already"),
          Map.entry(new Errno(4104), "a prefix of this length is not possible"),
          Map.entry(new Errno(4106), "the type of set does not have this family"),
          Map.entry(new Errno(4108), "another set names it"),
          Map.entry(new Errno(4109), "an IPv4 address is missing"),
          Map.entry(new Errno(4110), "an IPv6 address is missing"),
          Map.entry(HASH_FULL, "the set is full"),
          Map.entry(new Errno(4353), "the set cannot hold this"),
          Map.entry(new Errno(4354), "the protocol is not possible"),
          Map.entry(new Errno(4355), "the protocol is missing"),
          Map.entry(new Errno(4356), "ranges are not possible"));

  private IpSetErrors() {}

  /** What a number means, with the number. */
  static String words(Errno errno) {
    String words = WORDS.get(errno);
    return words == null ? errno.toString() : words + " (" + errno + ")";
  }
}
