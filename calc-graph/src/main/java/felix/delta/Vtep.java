package felix.delta;

import felix.model.Ip;
import felix.model.MacAddress;

/**
 * The end of the VXLAN tunnels on one host, complete.
 *
 * @param tunnelAddress of the host's {@code vxlan.calico}: the gateway to its workloads
 * @param mac likewise
 * @param hostAddress where wrapped packets are sent
 */
public record Vtep(Ip tunnelAddress, MacAddress mac, Ip hostAddress) {}
