package felix.bench.scale;

/** A key of etcd with its value. */
record Entry(String key, String value) {}
