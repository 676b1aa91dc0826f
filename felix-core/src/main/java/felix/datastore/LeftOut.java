package felix.datastore;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one value that cannot be used, while the rest of it counts: what one host says wrong
 * of its tunnel must not take away its address. Told by the first of them. One thread.
 */
final class LeftOut {
  private @Nullable BadValueException first;
  private int more;

  /**
   * What a field holds.
   *
   * @param field found by this, since what should hold the field may be bad itself
   * @return null if it holds nothing, or what the parser objects to
   */
  <T> @Nullable T read(Supplier<Json> field, Function<String, T> parser) {
    try {
      Json place = field.get();
      return place.textOr("").isEmpty() ? null : place.parsed(parser);
    } catch (BadValueException e) {
      add(() -> e);
      return null;
    }
  }

  /** Takes note of a part. Cheap from the second on: there may be very many. */
  void add(Json part, String reason) {
    add(() -> part.bad(reason));
  }

  private void add(Supplier<BadValueException> problem) {
    if (first == null) {
      first = problem.get();
    } else {
      more++;
    }
  }

  /** Null if nothing was left out. */
  @Nullable Quarantined of(String key) {
    if (first == null) {
      return null;
    }
    String others = more == 0 ? "" : ", and " + more + " more";
    return new Quarantined(key, first.field(), first.reason() + others);
  }
}
