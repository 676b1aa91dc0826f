package felix.rpf;

/** May an agent start on this host, as far as forged source addresses are concerned? */
public sealed interface RpfVerdict {

  /** The status with which {@code rpf-check} ends. */
  int status();

  /** The kernel itself checks strictly on every workload's interface. */
  record Enforced() implements RpfVerdict {
    @Override
    public int status() {
      return 0;
    }
  }

  /**
   * It does not, and that is known and accepted: the agent's own rule in the raw table is what
   * checks.
   */
  record Tolerated(String reason) implements RpfVerdict {
    @Override
    public int status() {
      return 1;
    }
  }

  /** Not before an operator has changed the setting or said that it may stay. */
  record Refused(String reason) implements RpfVerdict {
    @Override
    public int status() {
      return 2;
    }
  }
}
