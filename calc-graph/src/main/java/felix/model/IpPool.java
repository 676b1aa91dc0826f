package felix.model;

/**
 * A range that workloads get their addresses from.
 *
 * @param encapsulation of packets to workloads on other hosts
 * @param crossSubnet whether only packets to hosts of other subnets are wrapped
 * @param natOutgoing whether packets from here to what is in no pool get the address of their host
 */
public record IpPool(
    Cidr cidr, Encapsulation encapsulation, boolean crossSubnet, boolean natOutgoing)
    implements Resource {}
