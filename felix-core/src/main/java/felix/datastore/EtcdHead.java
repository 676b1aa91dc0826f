package felix.datastore;

/**
 * What every answer of etcd tells.
 *
 * @param clusterId {@link #NO_CLUSTER} if it does not tell that
 * @param revision of the whole store when it answered
 */
record EtcdHead(long clusterId, long revision) {
  static final long NO_CLUSTER = 0;
}
