package felix.model;

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
}
