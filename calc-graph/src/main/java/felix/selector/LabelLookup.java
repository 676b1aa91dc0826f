package felix.selector;

import org.jspecify.annotations.Nullable;

/** The labels that a selector is asked about. */
@FunctionalInterface
public interface LabelLookup {
  /** The value, or null if there is no such label. */
  @Nullable String get(String label);
}
