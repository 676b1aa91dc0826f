package felix.dataplane.netlink;

import felix.model.IpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What an IP set was created with, less what the kernel sizes by itself.
 *
 * @param type the kernel's name, {@code hash:net} say
 * @param version null where a type has no family
 * @param maxSize how many members it can hold, as an unsigned number; 0 where a type has no limit
 * @param hasOptions whether there is more to it, a timeout say; sets of ours have none
 */
public record IpSetHeader(
    String type, @Nullable IpVersion version, int maxSize, boolean hasOptions) {
  /** Whether the contents of two such sets can change places: the kernel wants them alike. */
  public boolean isSwappableWith(IpSetHeader other) {
    return type.equals(other.type) && version == other.version;
  }
}
