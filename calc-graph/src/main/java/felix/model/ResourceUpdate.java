package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * What the datastore now holds for a key.
 *
 * @param value null: nothing, or nothing that can be used
 */
public record ResourceUpdate(ResourceKey key, @Nullable Resource value) {}
