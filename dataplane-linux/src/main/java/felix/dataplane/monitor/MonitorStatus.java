package felix.dataplane.monitor;

import felix.count.Distribution;
import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.RtnetlinkEvent;
import java.util.List;

/** What others ask about the monitor. Written by its thread, read by any. */
public final class MonitorStatus {
  private final Distribution linkBatches = new Distribution();
  private final Distribution addressBatches = new Distribution();

  /** How many messages of interfaces came at once. */
  public Distribution linkBatches() {
    return linkBatches;
  }

  /** How many messages of interfaces' addresses came at once. */
  public Distribution addressBatches() {
    return addressBatches;
  }

  void came(List<RtnetlinkEvent> events) {
    int links = 0;
    int addresses = 0;
    for (var event : events) {
      if (event.object() instanceof LinkMessage) {
        links++;
      } else if (event.object() instanceof AddressMessage) {
        addresses++;
      }
    }
    came(links, addresses);
  }

  void came(int links, int addresses) {
    if (links > 0) {
      linkBatches.observe(links);
    }
    if (addresses > 0) {
      addressBatches.observe(addresses);
    }
  }
}
