package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * A set of networks with labels.
 *
 * @param namespace empty for a global network set
 */
public record NetworkSetKey(String namespace, String name) implements ResourceKey {

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof NetworkSetKey key
            && name.equals(key.name)
            && namespace.equals(key.namespace));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + namespace.hashCode();
  }
}
