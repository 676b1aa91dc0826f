package felix.config;

/** Where a value came from. The first source that holds a name wins. */
public enum Source {
  /** {@code FELIX_*} variables. */
  ENVIRONMENT("the environment"),
  /** felix.cfg. */
  FILE("the configuration file"),
  /** Variables that all of Calico's programs read for the way to the datastore. */
  CALICO_ENVIRONMENT("Calico's environment"),
  /** FelixConfiguration {@code node.<host>}. */
  HOST_CONFIGURATION("this host's FelixConfiguration"),
  /** FelixConfiguration {@code default}. */
  GLOBAL_CONFIGURATION("the default FelixConfiguration"),
  /** What the host itself says, such as its name. */
  HOST("the host");

  private final String text;

  Source(String text) {
    this.text = text;
  }

  boolean isDatastore() {
    return this == HOST_CONFIGURATION || this == GLOBAL_CONFIGURATION;
  }

  @Override
  public String toString() {
    return text;
  }
}
