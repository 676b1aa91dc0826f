package felix.bench.scale;

/**
 * An endpoint's place in the network.
 *
 * @param node the host's name in etcd
 * @param number distinct among all
 */
record Workload(String node, int number, Place place) {
  String iface() {
    return "cali%07x".formatted(number);
  }

  String mac() {
    return "02:00:00:%02x:%02x:%02x".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  String address() {
    return place.address();
  }

  /** The network namespace behind the interface, for those that have one of their own. */
  String namespace() {
    return "bench-" + iface();
  }
}
