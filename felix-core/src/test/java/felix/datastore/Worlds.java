package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Calico stored in etcd, for a few clusters: values by key. */
final class Worlds {
  /**
   * The bookstore example; a cluster as v3.14 writes it; one with tiers, as later versions do; and
   * the network of one with several pools.
   */
  static final String[] NAMES = {"bookstore", "world-1", "tiers-1", "overlay"};

  private static final JsonMapper MAPPER = new JsonMapper();

  private Worlds() {}

  static Map<String, JsonNode> load(String name) {
    try (InputStream file = requireNonNull(Worlds.class.getResourceAsStream(name + ".json"))) {
      var values = new LinkedHashMap<String, JsonNode>();
      MAPPER.readTree(file).properties().forEach(e -> values.put(e.getKey(), e.getValue()));
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file of the packet tests stores, or stores first where that changes. */
  static Map<String, JsonNode> ofPackets(Path file) {
    try {
      JsonNode world = MAPPER.readTree(file.toFile());
      JsonNode stored = world.has("kvs") ? world.get("kvs") : world.at("/states/0/kvs");
      var values = new LinkedHashMap<String, JsonNode>();
      stored.properties().forEach(e -> values.put(e.getKey(), e.getValue()));
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode value) {
    return value.toString().getBytes(UTF_8);
  }
}
