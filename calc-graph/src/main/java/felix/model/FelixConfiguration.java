package felix.model;

import java.util.Map;

/**
 * Settings from the datastore.
 *
 * @param values raw text by parameter name ({@code DefaultEndpointToHostAction}), as felix.cfg
 *     would hold it
 */
public record FelixConfiguration(Map<String, String> values) implements Resource {
  public FelixConfiguration {
    values = Map.copyOf(values);
  }
}
