package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.rules.ChainNames;
import felix.delta.ActiveHost;
import felix.delta.Changes;
import felix.model.HostEndpoint;
import felix.model.HostEndpointKey;
import felix.model.Ip;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which host endpoint has which interface. One that names an interface may have that one only; one
 * that names none may have each interface that has one of its addresses, of whichever family. Of
 * several the lowest key has it. {@link ChainNames#ANY_INTERFACE} is had by the lowest of those for
 * all interfaces, and stands for those that nobody else has.
 */
final class HostInterfaces {
  private final Predicate<String> isHosts;
  private final SortedMap<HostEndpointKey, ActiveHost> endpoints = new TreeMap<>();
  private final Map<String, Set<Ip>> interfaces = new HashMap<>();
  private final Map<String, Owner> owners = new HashMap<>();
  private Changes<String, Owner> changes = new Changes<>();

  /** The endpoint that has an interface. */
  record Owner(HostEndpointKey key, ActiveHost host) {}

  /**
   * Knows no interface and no endpoint yet.
   *
   * @param isHosts whether an interface may be a host endpoint's, by its name
   */
  HostInterfaces(Predicate<String> isHosts) {
    this.isHosts = isHosts;
  }

  void absorb(Changes<HostEndpointKey, ActiveHost> hosts) {
    hosts.applyTo(endpoints);
    var touched = new HashSet<String>();
    for (var change : hosts) {
      addNames(change.before(), touched);
      addNames(change.after(), touched);
    }
    touched.forEach(this::resolve);
  }

  /** The interfaces that an endpoint may have. */
  private void addNames(@Nullable ActiveHost host, Set<String> names) {
    if (host == null) {
      return;
    }
    String name = host.interfaceName();
    if (name == null) {
      interfaces.keySet().stream().filter(each -> mayHave(host, each)).forEach(names::add);
    } else if (name.equals(HostEndpoint.ALL_INTERFACES)) {
      names.add(ChainNames.ANY_INTERFACE);
    } else if (interfaces.containsKey(name)) {
      names.add(name);
    }
  }

  void onInterface(InterfaceChange change) {
    if (!isHosts.test(change.name())) {
      return;
    }
    if (change.present()) {
      interfaces.put(change.name(), change.addresses());
    } else {
      interfaces.remove(change.name());
    }
    resolve(change.name());
  }

  /** By interface, who has it now and had it not when this was last called. */
  Changes<String, Owner> takeChanges() {
    var taken = changes;
    changes = new Changes<>();
    return taken;
  }

  private void resolve(String interfaceName) {
    Owner after = owner(interfaceName);
    Owner before = after == null ? owners.remove(interfaceName) : owners.put(interfaceName, after);
    changes.record(interfaceName, before, after);
  }

  private @Nullable Owner owner(String interfaceName) {
    for (var endpoint : endpoints.entrySet()) {
      if (mayHave(endpoint.getValue(), interfaceName)) {
        return new Owner(endpoint.getKey(), endpoint.getValue());
      }
    }
    return null;
  }

  private boolean mayHave(ActiveHost host, String interfaceName) {
    if (interfaceName.equals(ChainNames.ANY_INTERFACE)) {
      return HostEndpoint.ALL_INTERFACES.equals(host.interfaceName());
    }
    var addresses = interfaces.get(interfaceName);
    if (addresses == null) {
      return false;
    }
    return host.interfaceName() == null
        ? !Collections.disjoint(addresses, host.expectedIps())
        : host.interfaceName().equals(interfaceName);
  }
}
