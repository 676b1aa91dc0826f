package felix.dataplane.rules;

/**
 * Whether the kernel is told to choose ports of translated connections at random, which makes it
 * unlikely that two connections that begin at once take the same one and one of them is lost. Not
 * all tools and kernels know how.
 *
 * @param masquerade for MASQUERADE
 * @param snat for SNAT
 */
public record FullyRandom(boolean masquerade, boolean snat) {}
