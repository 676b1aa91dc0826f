package felix.dataplane.rules;

import java.util.Optional;

/** What becomes of packets to addresses of services that nobody serves. */
public enum ServiceLoops {
  DROP,
  REJECT,
  /** They are forwarded, to whoever routes them back here. */
  DISABLED;

  /** Empty: nothing. */
  Optional<Action> action() {
    return switch (this) {
      case DROP -> Optional.of(new Action.Drop());
      case REJECT -> Optional.of(new Action.Reject());
      case DISABLED -> Optional.empty();
    };
  }
}
