package felix.model;

/**
 * A set of networks with labels.
 *
 * @param namespace empty for a global network set
 */
public record NetworkSetKey(String namespace, String name) implements ResourceKey {}
