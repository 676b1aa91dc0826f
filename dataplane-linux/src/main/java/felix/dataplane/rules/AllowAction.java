package felix.dataplane.rules;

/** What becomes of a packet that policy allowed. */
public enum AllowAction {
  ACCEPT,
  /** Later rules of the kernel's chain, not ours, decide. */
  RETURN;

  Action action() {
    return switch (this) {
      case ACCEPT -> new Action.Accept();
      case RETURN -> new Action.Return();
    };
  }
}
