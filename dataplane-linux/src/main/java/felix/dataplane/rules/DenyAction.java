package felix.dataplane.rules;

/** What becomes of a packet in the filter table that is denied. */
public enum DenyAction {
  /** It vanishes. */
  DROP("Drop"),
  /** Its sender is told so, by ICMP. */
  REJECT("Reject");

  private final String word;

  DenyAction(String word) {
    this.word = word;
  }

  Action action() {
    return switch (this) {
      case DROP -> new Action.Drop();
      case REJECT -> new Action.Reject();
    };
  }

  /** For comments. */
  String word() {
    return word;
  }
}
