package felix.datastore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import felix.model.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads bytes as one JSON object of bounded size and depth. Any thread. */
final class JsonReader {
  /** etcd itself takes 1.5 MiB unless it is told to take more. */
  static final int MAX_BYTES = 4 << 20;

  /** Resources need 8. */
  private static final int MAX_DEPTH = 50;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(100)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * @throws BadValueException if the bytes are anything else
   */
  static Json read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new BadValueException("", "longer than " + MAX_BYTES + " bytes");
    }
    // Not straight from the bytes: Jackson would guess at other encodings.
    try (var parser =
        FACTORY.createParser(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())) {
      JsonNode root = JsonTree.read(parser);
      if (!root.isObject()) {
        throw new BadValueException("", "not a JSON object");
      }
      return Json.root(root);
    } catch (CharacterCodingException e) {
      throw new BadValueException("", "not UTF-8");
    } catch (JsonProcessingException e) {
      throw new BadValueException("", "not JSON: " + Shown.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
