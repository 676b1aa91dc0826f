package felix.dataplane.manager;

import felix.dataplane.monitor.InterfaceChange;
import felix.delta.DataplaneDelta;
import java.util.List;
import java.util.function.Predicate;

/**
 * Has the chains of the interfaces of this host that have a host endpoint, in each table where they
 * are needed. Who has an interface is looked at anew whenever endpoints, interfaces or addresses
 * change.
 */
public final class HostEndpointManager implements Manager {
  private final HostInterfaces interfaces;
  private final List<HostChains> tables;

  /**
   * Knows no interface and no endpoint yet.
   *
   * @param isHosts whether an interface may be a host endpoint's, by its name
   */
  public HostEndpointManager(Predicate<String> isHosts, List<HostChains> tables) {
    this.interfaces = new HostInterfaces(isHosts);
    this.tables = List.copyOf(tables);
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    interfaces.absorb(delta.local().hosts());
    tell();
  }

  public void onInterface(InterfaceChange change) {
    interfaces.onInterface(change);
    tell();
  }

  private void tell() {
    var changes = interfaces.takeChanges();
    if (!changes.isEmpty()) {
      tables.forEach(table -> table.absorb(changes));
    }
  }
}
