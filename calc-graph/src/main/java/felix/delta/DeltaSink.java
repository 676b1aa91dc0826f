package felix.delta;

/** Where the calculation graph hands over what it found. */
public interface DeltaSink {
  /**
   * Takes a delta, or refuses it at once while too many are waiting. Whoever is refused keeps the
   * delta, merges the next one into it, and tries again.
   *
   * @return whether it was taken
   */
  boolean offer(DataplaneDelta delta);
}
