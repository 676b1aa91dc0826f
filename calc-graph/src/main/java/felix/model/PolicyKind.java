package felix.model;

/** The kinds of policy that are enforced. */
public enum PolicyKind {
  NETWORK_POLICY,
  GLOBAL_NETWORK_POLICY
}
