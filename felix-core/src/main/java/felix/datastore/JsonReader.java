package felix.datastore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads bytes as one JSON object of bounded size and depth. Any thread. */
final class JsonReader {
  /** etcd itself takes 1.5 MiB unless it is told to take more. */
  static final int MAX_BYTES = 4 << 20;

  private JsonReader() {}

  /**
   * Reads bytes, which nobody may change any more.
   *
   * @throws BadValueException if the bytes are anything else
   */
  static Json read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new BadValueException("", "longer than " + MAX_BYTES + " bytes");
    }
    Json root = Json.root(scan(bytes));
    if (!root.isObject()) {
      throw new BadValueException("", "not a JSON object");
    }
    return root;
  }

  private static JsonDocument scan(byte[] bytes) {
    var scanner = new JsonScanner(bytes);
    try {
      JsonDocument document = scanner.scan();
      if (!scanner.isAscii()) {
        requireUtf8(bytes);
      }
      return document;
    } catch (BadValueException e) {
      requireUtf8(bytes); // or what is said of it makes no sense
      throw e;
    }
  }

  private static void requireUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new BadValueException("", "not UTF-8");
    }
  }
}
