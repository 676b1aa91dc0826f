package felix.dataplane.monitor;

import felix.dataplane.netlink.AddressMessage;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.RtnetlinkEvent;
import felix.model.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of links and addresses, and what of it has been told on. Pure. The kernel
 * knows interfaces by index, everybody else by name: one that is renamed is gone under its old name
 * and there under the new one.
 *
 * <p>Events may be older than the last full listing. They are taken over anyway: the later ones
 * that belong to them follow.
 */
final class InterfaceTable {
  private final Map<Integer, LinkMessage> links = new LinkedHashMap<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<Integer, Set<AddressMessage>> addresses = new HashMap<>();
  private final Map<String, InterfaceChange> told = new LinkedHashMap<>();

  /**
   * Takes over a full listing.
   *
   * @return what changed by it, what is gone first
   */
  List<InterfaceChange> replaceAll(List<LinkMessage> allLinks, List<AddressMessage> allAddresses) {
    links.clear();
    indexes.clear();
    addresses.clear();
    allAddresses.forEach(this::add);
    allLinks.forEach(this::add);
    var changes = new ArrayList<InterfaceChange>();
    for (String name : List.copyOf(told.keySet())) {
      if (!indexes.containsKey(name)) {
        tell(name, changes);
      }
    }
    links.values().forEach(link -> tell(link.name(), changes));
    return changes;
  }

  /** Takes over an event; returns what changed by it, what is gone first. */
  List<InterfaceChange> apply(RtnetlinkEvent event) {
    var touched = new LinkedHashSet<String>();
    switch (event.object()) {
      case LinkMessage link -> {
        touched.addAll(namesOf(link.index()));
        if (event.gone()) {
          remove(link.index());
          addresses.remove(link.index());
        } else {
          add(link);
        }
        touched.addAll(namesOf(link.index()));
      }
      case AddressMessage address -> {
        if (event.gone()) {
          remove(address);
        } else {
          add(address);
        }
        touched.addAll(namesOf(address.linkIndex()));
      }
      default -> {
        return List.of();
      }
    }
    var changes = new ArrayList<InterfaceChange>();
    touched.forEach(name -> tell(name, changes));
    return changes;
  }

  /** Null if there is no such interface. */
  @Nullable String name(int index) {
    LinkMessage link = links.get(index);
    return link == null ? null : link.name();
  }

  private void add(LinkMessage link) {
    if (link.name().isEmpty()) {
      return;
    }
    remove(link.index());
    Integer formerly = indexes.put(link.name(), link.index());
    if (formerly != null) {
      links.remove(formerly);
    }
    links.put(link.index(), link);
  }

  private void remove(int index) {
    LinkMessage old = links.remove(index);
    if (old != null) {
      indexes.remove(old.name());
    }
  }

  private void add(AddressMessage address) {
    addresses.computeIfAbsent(address.linkIndex(), index -> new LinkedHashSet<>()).add(address);
  }

  private void remove(AddressMessage address) {
    Set<AddressMessage> ofLink = addresses.get(address.linkIndex());
    if (ofLink != null) {
      ofLink.remove(address);
    }
  }

  /** One name or none. */
  private List<String> namesOf(int index) {
    LinkMessage link = links.get(index);
    return link == null ? List.of() : List.of(link.name());
  }

  /** Adds how the interface is now, if that is not what was told last. */
  private void tell(String name, List<InterfaceChange> changes) {
    InterfaceChange now = state(name);
    InterfaceChange last = now.present() ? told.put(name, now) : told.remove(name);
    boolean news = last == null ? now.present() : !last.equals(now);
    if (news) {
      changes.add(now);
    }
  }

  private InterfaceChange state(String name) {
    Integer index = indexes.get(name);
    LinkMessage link = index == null ? null : links.get(index);
    if (link == null) {
      return new InterfaceChange(name, 0, false, false, 0, Set.of());
    }
    Set<Ip> ips =
        addresses.getOrDefault(link.index(), Set.of()).stream()
            .map(AddressMessage::address)
            .collect(Collectors.toSet());
    return new InterfaceChange(
        name, link.index(), true, link.isOperUp(), link.settings().mtuBytes(), ips);
  }
}
