package felix.rpf;

/** May an agent start on this host, as far as forged source addresses are concerned? */
public sealed interface RpfVerdict {

  /** The kernel itself checks strictly on every workload's interface. */
  record Enforced() implements RpfVerdict {}

  /**
   * It does not, and that is known and accepted: the agent's own rule in the raw table is what
   * checks.
   */
  record Tolerated(String reason) implements RpfVerdict {}

  /** Not before an operator has changed the setting or said that it may stay. */
  record Refused(String reason) implements RpfVerdict {}
}
