package felix.datastore;

import felix.model.Shown;

/**
 * A resource, or a part of one, that is treated as absent because it cannot be used.
 *
 * @param key in etcd
 * @param field where it is wrong, as {@code spec.ingress[2].source.ports[0]}; empty: the value as a
 *     whole
 */
public record Quarantined(String key, String field, String reason) {
  /** Keys of real resources are shorter. */
  private static final int MAX_KEY = 400;

  /** Short and printable, whatever the datastore holds. */
  @Override
  public String toString() {
    return Shown.of(key, MAX_KEY) + ": " + (field.isEmpty() ? "" : field + ": ") + reason;
  }
}
