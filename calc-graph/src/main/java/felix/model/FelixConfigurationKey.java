package felix.model;

/**
 * A FelixConfiguration resource, or what another one says of settings.
 *
 * @param name {@code default}, {@code node.<host>}, or one that no FelixConfiguration can have
 */
public record FelixConfigurationKey(String name) implements ResourceKey {
  /** For all hosts. */
  public static final FelixConfigurationKey DEFAULT = new FelixConfigurationKey("default");

  /** Settings that ClusterInformation holds. */
  public static final FelixConfigurationKey OF_CLUSTER =
      new FelixConfigurationKey("clusterinformation");

  /** For one host. */
  public static FelixConfigurationKey ofHost(String hostname) {
    return new FelixConfigurationKey("node." + hostname);
  }
}
