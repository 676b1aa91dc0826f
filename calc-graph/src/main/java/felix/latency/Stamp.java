package felix.latency;

/**
 * When changes of one message passed which place, and how many of each kind they are. Times are of
 * {@link System#nanoTime}.
 *
 * @param received when the message came in
 * @param decoded when it had been decoded
 * @param calculated when the calculation graph was through with it
 */
public record Stamp(
    long received, long decoded, long calculated, int policies, int endpoints, int others) {

  /** Of changes that the graph has not looked at yet. */
  public static Stamp decoded(long received, long decoded) {
    return new Stamp(received, decoded, decoded, 0, 0, 0);
  }

  /** The same with one more change. */
  public Stamp with(ChangeKind kind) {
    return switch (kind) {
      case POLICY -> new Stamp(received, decoded, calculated, policies + 1, endpoints, others);
      case ENDPOINT -> new Stamp(received, decoded, calculated, policies, endpoints + 1, others);
      case OTHER -> new Stamp(received, decoded, calculated, policies, endpoints, others + 1);
    };
  }

  Stamp calculated(long now) {
    return new Stamp(received, decoded, now, policies, endpoints, others);
  }

  int count(ChangeKind kind) {
    return switch (kind) {
      case POLICY -> policies;
      case ENDPOINT -> endpoints;
      case OTHER -> others;
    };
  }

  /** Both as one, which is as old as the older. */
  Stamp and(Stamp later) {
    return new Stamp(
        older(received, later.received),
        older(decoded, later.decoded),
        older(calculated, later.calculated),
        policies + later.policies,
        endpoints + later.endpoints,
        others + later.others);
  }

  /** Of two times of a clock that may overflow. */
  private static long older(long one, long other) {
    return one - other < 0 ? one : other;
  }
}
