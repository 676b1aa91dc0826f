package felix.dataplane;

import felix.dataplane.attached.AttachedStatus;
import felix.dataplane.conntrack.ConnectionStatus;
import felix.dataplane.ipset.IpSetStatus;
import felix.dataplane.iptables.KeptStatus;
import felix.dataplane.iptables.TableStatus;
import felix.dataplane.monitor.MonitorStatus;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What others ask about the drivers and the monitor. Filled while the dataplane is put together,
 * before any of its threads runs, and not changed afterwards.
 */
public final class DriverStatuses {
  private final List<TableStatus> tables = new ArrayList<>();
  private final List<KeptStatus> keptRestores = new ArrayList<>();
  private final List<IpSetStatus> ipSets = new ArrayList<>();
  private final Map<IpVersion, AttachedStatus> routes = new EnumMap<>(IpVersion.class);
  private final Map<IpVersion, ConnectionStatus> connections = new EnumMap<>(IpVersion.class);
  private MonitorStatus monitor = new MonitorStatus();

  /** One a table and family. */
  public List<TableStatus> tables() {
    return Collections.unmodifiableList(tables);
  }

  /** One a family. */
  public List<KeptStatus> keptRestores() {
    return Collections.unmodifiableList(keptRestores);
  }

  /** One a family. */
  public List<IpSetStatus> ipSets() {
    return Collections.unmodifiableList(ipSets);
  }

  public Map<IpVersion, AttachedStatus> routes() {
    return Collections.unmodifiableMap(routes);
  }

  public Map<IpVersion, ConnectionStatus> connections() {
    return Collections.unmodifiableMap(connections);
  }

  public MonitorStatus monitor() {
    return monitor;
  }

  void add(TableStatus table) {
    tables.add(table);
  }

  void add(KeptStatus family) {
    keptRestores.add(family);
  }

  void add(IpSetStatus family) {
    ipSets.add(family);
  }

  void addRoutes(IpVersion version, AttachedStatus family) {
    routes.put(version, family);
  }

  void addConnections(IpVersion version, ConnectionStatus family) {
    connections.put(version, family);
  }

  void use(MonitorStatus ofMonitor) {
    monitor = ofMonitor;
  }
}
