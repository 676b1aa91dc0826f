package felix.model;

/** A tier. */
public record TierKey(String name) implements ResourceKey {}
