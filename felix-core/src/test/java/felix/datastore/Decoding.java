package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.Resource;
import felix.model.ResourceUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a spec or a whole value under a key and decodes it. */
final class Decoding {
  static final ResourceDecoder DECODER = new ResourceDecoder();

  private Decoding() {}

  static Decoded decode(String path, String json) {
    return DECODER.decode(KeyPath.ROOT + path, json.getBytes(UTF_8));
  }

  static Decoded decodeSpec(String path, String spec) {
    return decode(path, "{\"metadata\": {}, \"spec\": " + spec + "}");
  }

  /** The one resource that a good value becomes. */
  static @Nullable Resource resource(String path, String json) {
    Decoded decoded = decode(path, json);
    assertThat(decoded.problem()).isNull();
    assertThat(decoded.updates()).hasSize(1);
    return decoded.updates().getFirst().value();
  }

  static <T extends Resource> T resource(Class<T> type, String path, String spec) {
    Decoded decoded = decode(path, "{\"metadata\": {}, \"spec\": " + spec + "}");
    assertThat(decoded.problem()).isNull();
    return decoded.updates().stream()
        .map(ResourceUpdate::value)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  /** The reason why a value is bad, after checks that nothing of it is used. */
  static Quarantined problem(String path, String json) {
    Decoded decoded = decode(path, json);
    assertThat(decoded.updates()).extracting(ResourceUpdate::value).containsOnlyNulls();
    Quarantined problem = requireNonNull(decoded.problem(), "nothing is wrong with " + json);
    assertThat(problem.key()).isEqualTo(KeyPath.ROOT + path);
    return problem;
  }

  static Quarantined problemOfSpec(String path, String spec) {
    return problem(path, "{\"metadata\": {}, \"spec\": " + spec + "}");
  }

  static List<ResourceUpdate> updates(String path, String json) {
    Decoded decoded = decode(path, json);
    assertThat(decoded.problem()).isNull();
    return decoded.updates();
  }
}
