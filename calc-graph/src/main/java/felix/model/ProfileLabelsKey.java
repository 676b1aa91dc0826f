package felix.model;

import org.jspecify.annotations.Nullable;

/** The labels that a profile gives to its endpoints. */
public record ProfileLabelsKey(String profile) implements ResourceKey {

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof ProfileLabelsKey key && profile.equals(key.profile));
  }

  @Override
  public int hashCode() {
    return profile.hashCode();
  }
}
