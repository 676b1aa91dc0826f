package felix.datastore;

/**
 * What every answer of etcd tells.
 *
 * @param revision of the whole store when it answered
 */
record EtcdHead(long clusterId, long revision) {}
