package felix.delta;

import org.jspecify.annotations.Nullable;

/**
 * Names an IP set across families: {@code s:...} for a selector, {@code n:...} for a named port, or
 * a fixed word. The kernel's name is made of it by the dataplane.
 */
public record IpSetId(String value) {
  @Override
  public String toString() {
    return value;
  }

  // What a record does by itself goes through method handles, which C1 does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof IpSetId id && value.equals(id.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
