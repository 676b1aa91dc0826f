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
  /** What ClusterInformation {@code default} says of the cluster. */
  CLUSTER_INFORMATION("ClusterInformation"),
  /** What the host itself says, such as its name. */
  HOST("the host");

  private final String text;

  Source(String text) {
    this.text = text;
  }

  boolean isDatastore() {
    return switch (this) {
      case HOST_CONFIGURATION, GLOBAL_CONFIGURATION, CLUSTER_INFORMATION -> true;
      case ENVIRONMENT, FILE, CALICO_ENVIRONMENT, HOST -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
