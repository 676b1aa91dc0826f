package felix.datastore;

import felix.model.Shown;

/**
 * Names that other parts build on: they become parts of selectors and of the names of chains, so
 * they hold no more than letters, digits, dot, dash and underscore.
 */
final class Names {
  /** Kubernetes' limit for names of objects. */
  private static final int MAX_LENGTH = 253;

  private Names() {}

  static String checkedName(String name) {
    return checked("metadata.name", name);
  }

  /** Empty for a kind without namespace. */
  static String checkedNamespace(String namespace) {
    return namespace.isEmpty() ? namespace : checked("metadata.namespace", namespace);
  }

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if it is none; the message repeats it
   */
  static String parse(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name: '" + Shown.of(name) + "'");
    }
    return name;
  }

  private static String checked(String field, String name) {
    if (!isName(name)) {
      throw new BadValueException(field, "not a name: '" + Shown.of(name) + "'");
    }
    return name;
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= MAX_LENGTH && Ascii.isWord(name);
  }
}
