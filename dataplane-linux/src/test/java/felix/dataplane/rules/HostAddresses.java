package felix.dataplane.rules;

import felix.model.Ip;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses of a host by interface. */
record HostAddresses(Map<String, Set<Ip>> byInterface) {
  static final HostAddresses NONE = new HostAddresses(Map.of());

  boolean isLocal(Ip address) {
    return byInterface.values().stream().anyMatch(addresses -> addresses.contains(address));
  }

  boolean isOf(@Nullable String interfaceName, Ip address) {
    return interfaceName != null
        && byInterface.getOrDefault(interfaceName, Set.of()).contains(address);
  }
}
