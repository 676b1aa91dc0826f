package felix.packets;

import felix.lab.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One key of etcd with its value, as Calico writes it. */
record Resource(String key, String value) {
  private static final String BLOCKS = "/calico/ipam/v2/assignment/ipv4/block/";
  private static final int BLOCK_SIZE = 64;

  static final Resource CLUSTER =
      of("ClusterInformation", "clusterinformations/default", "\"datastoreReady\": true");

  /** The profile of all workloads: everything may pass. */
  static final Resource PROFILE =
      of(
          "Profile",
          "profiles/calico",
          """
          "ingress": [{"action": "Allow"}], "egress": [{"action": "Allow"}], "labelsToApply": {"calico": ""}
          """);

  /** A resource without labels and namespace. */
  private static Resource of(String kind, String path, String spec) {
    var name = path.substring(path.indexOf('/') + 1);
    return new Resource(
        Example.RESOURCES + path,
        """
        {"kind": "%s", "apiVersion": "projectcalico.org/v3", "metadata": {"name": "%s"}, "spec": {%s}}
        """
            .formatted(kind, name, spec));
  }

  static Resource felixConfiguration(String spec) {
    return of("FelixConfiguration", "felixconfigurations/default", spec);
  }

  static Resource pool(String name, String cidr, String spec) {
    return of(
        "IPPool",
        "ippools/" + name,
        "\"cidr\": \"%s\", \"blockSize\": 26, \"nodeSelector\": \"all()\", %s"
            .formatted(cidr, spec));
  }

  /** A node's spec. */
  static Resource node(String name, String spec) {
    return of("Node", "nodes/" + name, spec);
  }

  /** A block of a node, with no address in use that matters. */
  static Resource block(String cidr, String node) {
    return block(cidr, node, Map.of());
  }

  /**
   * A block of a node.
   *
   * @param users nodes that use an address, by its place in the block
   */
  static Resource block(String cidr, String node, Map<Integer, String> users) {
    var places = List.copyOf(users.keySet());
    var allocations =
        IntStream.range(0, BLOCK_SIZE)
            .mapToObj(i -> places.contains(i) ? "" + places.indexOf(i) : "null")
            .collect(Collectors.joining(","));
    var attributes =
        places.stream()
            .map(
                place ->
                    "{\"handle_id\": \"h%d\", \"secondary\": {\"node\": \"%s\"}}"
                        .formatted(place, users.get(place)))
            .collect(Collectors.joining(","));
    var unallocated =
        IntStream.range(0, BLOCK_SIZE)
            .filter(i -> !places.contains(i))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return new Resource(
        BLOCKS + cidr.replace('/', '-'),
        """
        {"cidr": "%s", "affinity": "host:%s", "strictAffinity": false, "allocations": [%s],
         "unallocated": [%s], "attributes": [%s], "deleted": false}
        """
            .formatted(cidr, node, allocations, unallocated, attributes));
  }

  static Resource endpoint(String node, Workload workload) {
    var name = node + "-k8s-" + workload.iface() + "-eth0";
    return new Resource(
        Example.RESOURCES + "workloadendpoints/default/" + name,
        """
        {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "%1$s", "namespace": "default",
           "labels": {"projectcalico.org/namespace": "default", "projectcalico.org/orchestrator": "k8s"}},
         "spec": {"orchestrator": "k8s", "node": "%2$s", "pod": "%3$s", "endpoint": "eth0", "profiles": ["calico"],
           "interfaceName": "%3$s", "mac": "%4$s", "ipNetworks": ["%5$s/32"]}}
        """
            .formatted(name, node, workload.iface(), workload.mac(), workload.ip()));
  }

  /** What is to be written to etcd at once. */
  static Map<String, String> map(Stream<Resource> resources) {
    var map = new LinkedHashMap<String, String>();
    resources.forEach(resource -> map.put(resource.key(), resource.value()));
    return map;
  }
}
