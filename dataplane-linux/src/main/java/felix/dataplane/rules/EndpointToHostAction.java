package felix.dataplane.rules;

/** What becomes of a workload's packet to this host after its egress policy allowed it. */
public enum EndpointToHostAction {
  DROP,
  /** Later rules of INPUT, not ours, decide. */
  RETURN,
  ACCEPT;

  Action action() {
    return switch (this) {
      case DROP -> new Action.Drop();
      case RETURN -> new Action.Return();
      case ACCEPT -> new Action.Accept();
    };
  }
}
