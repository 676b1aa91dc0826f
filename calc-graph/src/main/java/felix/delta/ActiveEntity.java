package felix.delta;

import felix.model.Cidr;
import felix.model.PortRange;
import java.util.List;

/**
 * One side of an active rule: as {@link felix.model.EntityMatch}, with IP sets in place of
 * selectors and port names.
 *
 * @param ipSets each must hold the address
 * @param notIpSets none may hold it
 * @param portSets sets of address and port; alternatives to {@code ports} and to each other
 * @param notPortSets none may hold the address with the port
 */
public record ActiveEntity(
    List<Cidr> nets,
    List<Cidr> notNets,
    List<PortRange> ports,
    List<PortRange> notPorts,
    List<IpSetId> ipSets,
    List<IpSetId> notIpSets,
    List<IpSetId> portSets,
    List<IpSetId> notPortSets) {
  /** Matches everything. */
  public static final ActiveEntity ANY =
      new ActiveEntity(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public ActiveEntity {
    nets = List.copyOf(nets);
    notNets = List.copyOf(notNets);
    ports = List.copyOf(ports);
    notPorts = List.copyOf(notPorts);
    ipSets = List.copyOf(ipSets);
    notIpSets = List.copyOf(notIpSets);
    portSets = List.copyOf(portSets);
    notPortSets = List.copyOf(notPortSets);
  }
}
