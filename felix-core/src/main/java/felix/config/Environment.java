package felix.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Settings among the environment's variables. */
public final class Environment {
  private static final String FELIX = "felix_";

  /** Libcalico's names, each also with {@code CALICO_} before it, which wins. */
  private static final Map<String, Setting<?>> OF_CALICO =
      Map.of(
          "DATASTORE_TYPE", ConnectionSettings.DATASTORE_TYPE,
          "ETCD_ENDPOINTS", ConnectionSettings.ETCD_ENDPOINTS,
          "ETCD_DISCOVERY_SRV", ConnectionSettings.ETCD_DISCOVERY_SRV,
          "ETCD_USERNAME", ConnectionSettings.ETCD_USERNAME,
          "ETCD_PASSWORD", ConnectionSettings.ETCD_PASSWORD,
          "ETCD_KEY_FILE", ConnectionSettings.ETCD_KEY_FILE,
          "ETCD_CERT_FILE", ConnectionSettings.ETCD_CERT_FILE,
          "ETCD_CA_CERT_FILE", ConnectionSettings.ETCD_CA_FILE);

  private Environment() {}

  /**
   * {@code FELIX_<NAME>} in any case. Of two spellings the last in alphabetical order wins. The
   * severity of the log's beginning is not a setting.
   */
  public static Map<String, String> ofFelix(Map<String, String> variables) {
    var values = new LinkedHashMap<String, String>();
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              if (Settings.folded(variable).startsWith(FELIX)
                  && !variable.equalsIgnoreCase(LogSettings.EARLY_SEVERITY_VARIABLE)) {
                values.put(variable.substring(FELIX.length()), value);
              }
            });
    return values;
  }

  /** What all of Calico's programs read, by the names of our settings. */
  public static Map<String, String> ofCalico(Map<String, String> variables) {
    var values = new LinkedHashMap<String, String>();
    OF_CALICO.forEach(
        (variable, setting) -> {
          String value = variables.getOrDefault("CALICO_" + variable, variables.get(variable));
          if (value != null) {
            values.put(setting.name(), value);
          }
        });
    return values;
  }
}
