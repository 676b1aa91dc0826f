package felix.model;

/** Settings of the routing between hosts; only those called {@code default} are read. */
public record BgpConfigurationKey() implements ResourceKey {}
