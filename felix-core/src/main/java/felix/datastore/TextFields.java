package felix.datastore;

import java.util.Map;
import java.util.TreeMap;

/** The fields with texts of a small JSON object that is not a resource. Any thread. */
public final class TextFields {
  private TextFields() {}

  /**
   * By name, in any letter case, as Go's reader does. What is no text is left out.
   *
   * @throws IllegalArgumentException if the bytes are no JSON object; the message says why
   */
  public static Map<String, String> read(byte[] bytes) {
    var texts = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    try {
      JsonReader.read(bytes)
          .forEachField(
              (name, value) -> {
                if (value.isTextual()) {
                  texts.put(name, value.text());
                }
              });
    } catch (BadValueException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
    return texts;
  }
}
