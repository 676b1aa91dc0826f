package felix.dataplane.conntrack;

import felix.dataplane.monitor.InterfaceChange;
import felix.model.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The addresses of this host's interfaces, as the monitor tells them. */
final class HostAddresses {
  private final Map<String, Set<Ip>> byInterface = new HashMap<>();

  void onInterface(InterfaceChange change) {
    if (change.present()) {
      byInterface.put(change.name(), change.addresses());
    } else {
      byInterface.remove(change.name());
    }
  }

  boolean contains(Ip address) {
    return byInterface.values().stream().anyMatch(addresses -> addresses.contains(address));
  }
}
