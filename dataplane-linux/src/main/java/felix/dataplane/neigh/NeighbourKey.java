package felix.dataplane.neigh;

import felix.model.Ip;

/** An address on an interface. */
public record NeighbourKey(String interfaceName, Ip address) {}
