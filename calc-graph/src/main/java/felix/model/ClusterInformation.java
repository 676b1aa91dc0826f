package felix.model;

/**
 * Facts about the cluster.
 *
 * @param datastoreReady false while somebody upgrades or restores the datastore: then nothing may
 *     be programmed
 */
public record ClusterInformation(boolean datastoreReady) implements Resource {}
