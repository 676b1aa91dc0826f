package felix.model;

import org.jspecify.annotations.Nullable;

/**
 * A policy.
 *
 * @param namespace empty for a global policy
 * @param name as stored, {@code default.web} or {@code web}
 */
public record PolicyKey(PolicyKind kind, String namespace, String name)
    implements ResourceKey, Comparable<PolicyKey> {
  /**
   * {@code <namespace>/<name>}, or the name alone of a global policy: what chains are named after.
   */
  public String id() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** By {@link #id}, as v3.14 breaks ties between policies of equal order. */
  @Override
  public int compareTo(PolicyKey other) {
    int byId = id().compareTo(other.id());
    return byId != 0 ? byId : kind.compareTo(other.kind);
  }

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PolicyKey key
            && name.equals(key.name)
            && namespace.equals(key.namespace)
            && kind == key.kind);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + namespace.hashCode();
  }
}
