package felix.model;

/** What a rule does with a packet that it matches. */
public enum RuleAction {
  ALLOW,
  DENY,
  /** Writes a line to the kernel's log; evaluation goes on with the next rule. */
  LOG,
  /** Leaves the rest of this tier out; after the last tier the endpoint's profiles decide. */
  PASS
}
