package felix.model;

/**
 * A FelixConfiguration resource.
 *
 * @param name {@code default} or {@code node.<host>}
 */
public record FelixConfigurationKey(String name) implements ResourceKey {}
