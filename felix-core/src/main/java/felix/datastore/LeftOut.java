package felix.datastore;

import java.util.ArrayList;
import java.util.List;
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
    return readAny(
        () -> {
          Json place = field.get();
          return place.hasText() ? place.parsed(parser) : null;
        });
  }

  /** What a reader makes of some part; null also if it objects. */
  <T> @Nullable T readAny(Supplier<@Nullable T> reader) {
    try {
      return reader.get();
    } catch (BadValueException e) {
      add(() -> e);
      return null;
    }
  }

  /**
   * The elements of an array, without those that the reader objects to or makes nothing of.
   *
   * @param array found by this; none if there is something else
   */
  <T> List<T> readItems(Supplier<Json> array, Function<Json, @Nullable T> reader) {
    List<Json> items = readAny(() -> array.get().items());
    var read = new ArrayList<T>();
    for (Json item : items == null ? List.<Json>of() : items) {
      T value = readAny(() -> reader.apply(item));
      if (value != null) {
        read.add(value);
      }
    }
    return read;
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
