package felix.model;

/** The kinds of policy that are enforced. */
public enum PolicyKind {
  NETWORK_POLICY("NetworkPolicy"),
  GLOBAL_NETWORK_POLICY("GlobalNetworkPolicy");

  private final String text;

  PolicyKind(String text) {
    this.text = text;
  }

  /** As the datastore spells it. */
  public String text() {
    return text;
  }
}
