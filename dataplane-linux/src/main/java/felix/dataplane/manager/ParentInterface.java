package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.model.Ip;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which interface has an address: of several the first by name. Once seen it stays the one while
 * none has it: an address is often taken away and put back, when a lease is renewed say.
 */
final class ParentInterface {
  private final Map<String, Set<Ip>> addresses = new TreeMap<>();
  private @Nullable Ip address;
  private @Nullable String name;

  void setAddress(@Nullable Ip newAddress) {
    if (newAddress == null || !newAddress.equals(address)) {
      name = null;
    }
    address = newAddress;
    find();
  }

  void onInterface(InterfaceChange change) {
    if (change.present()) {
      addresses.put(change.name(), change.addresses());
    } else {
      addresses.remove(change.name());
    }
    boolean hasIt = address != null && change.present() && change.addresses().contains(address);
    boolean hadIt = change.name().equals(name);
    if (hasIt != hadIt) {
      find();
    }
  }

  @Nullable String name() {
    return name;
  }

  private void find() {
    for (var one : addresses.entrySet()) {
      if (address != null && one.getValue().contains(address)) {
        name = one.getKey();
        return;
      }
    }
  }
}
