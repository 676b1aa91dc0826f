package felix.config;

/**
 * What is particular about a setting.
 *
 * @param where which sources may hold it
 * @param none whether {@code none} is allowed and stands for the type's zero
 * @param onBad what becomes of a text that is no value of it
 * @param onChange what the agent does when it gets another value while running
 * @param shown whether the value may be seen by who may read the log
 * @param unused why it has no effect in this agent; empty if it has one
 */
record Traits(Where where, None none, OnBad onBad, OnChange onChange, Shown shown, String unused) {
  static final Traits USUAL =
      new Traits(Where.ANYWHERE, None.ZERO, OnBad.DEFAULT, OnChange.RESTART, Shown.AS_IT_IS, "");

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

  /** What log and documents make of a value. */
  enum Shown {
    AS_IT_IS,
    /** Nothing but that there is one. */
    HIDDEN
  }

  Traits with(Where other) {
    return new Traits(other, none, onBad, onChange, shown, unused);
  }

  Traits with(None other) {
    return new Traits(where, other, onBad, onChange, shown, unused);
  }

  Traits with(OnBad other) {
    return new Traits(where, none, other, onChange, shown, unused);
  }

  Traits with(OnChange other) {
    return new Traits(where, none, onBad, other, shown, unused);
  }

  Traits with(Shown other) {
    return new Traits(where, none, onBad, onChange, other, unused);
  }

  Traits unused(String because) {
    return new Traits(where, none, onBad, onChange, shown, because);
  }
}
