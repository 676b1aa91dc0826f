package felix.dataplane.neigh;

import felix.model.MacAddress;

/** A MAC behind a VXLAN device. */
public record ForwardingKey(String interfaceName, MacAddress mac) {}
