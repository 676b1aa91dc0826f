package felix.dataplane.link;

import felix.model.Ip;
import felix.model.MacAddress;
import org.jspecify.annotations.Nullable;

/** What is wished of one of our devices. */
public sealed interface LinkWish {
  /**
   * It is there, up, and like this.
   *
   * @param mtuBytes 0 leaves it as it is
   * @param mac null leaves it as it is
   * @param address IPv4, the only one of the device, as a /32; null: it has none
   */
  record Wanted(Tunnel tunnel, int mtuBytes, @Nullable MacAddress mac, @Nullable Ip address)
      implements LinkWish {}

  /** Not ours any more: as the kernel made it, down and without an address. For {@code tunl0}. */
  record Released() implements LinkWish {}

  /** It is left as it is: wanted, but what it should be like is not known yet. */
  record Kept() implements LinkWish {}
}
