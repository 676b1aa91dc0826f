package felix.config;

/**
 * What is particular about a setting.
 *
 * @param where which sources may hold it
 * @param none whether {@code none} is allowed and stands for the type's zero
 * @param onBad what becomes of a text that is no value of it
 * @param onChange what the agent does when it gets another value while running
 * @param unused why it has no effect in this agent; empty if it has one
 */
record Traits(Where where, None none, OnBad onBad, OnChange onChange, String unused) {
  static final Traits USUAL =
      new Traits(Where.ANYWHERE, None.ZERO, OnBad.DEFAULT, OnChange.RESTART, "");

  /** Which sources may hold a setting. */
  enum Where {
    ANYWHERE,
    /** Not the datastore: what leads there, and what the host is called in it. */
    LOCAL_ONLY
  }

  /** What {@code none} means for a setting. */
  enum None {
    ZERO,
    REFUSED
  }

  /** What becomes of a text that is no value. */
  enum OnBad {
    /** The default is used. */
    DEFAULT,
    /** The agent does not start, or goes on with what it has, until somebody mends it. */
    WAIT
  }

  /** What a new value takes. */
  enum OnChange {
    /** Another process. */
    RESTART,
    /** Nothing: it is handed to whom it concerns. */
    LIVE
  }

  Traits with(Where other) {
    return new Traits(other, none, onBad, onChange, unused);
  }

  Traits with(None other) {
    return new Traits(where, other, onBad, onChange, unused);
  }

  Traits with(OnBad other) {
    return new Traits(where, none, other, onChange, unused);
  }

  Traits with(OnChange other) {
    return new Traits(where, none, onBad, other, unused);
  }

  Traits unused(String because) {
    return new Traits(where, none, onBad, onChange, because);
  }
}
