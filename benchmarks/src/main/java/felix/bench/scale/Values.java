package felix.bench.scale;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keys and values as Calico writes them. */
final class Values {
  private static final String RESOURCES = "/calico/resources/v3/projectcalico.org/";
  private static final String BLOCKS = "/calico/ipam/v2/assignment/ipv4/block/";

  private Values() {}

  /** A resource without labels and namespace. */
  static Entry resource(String kind, String path, String spec) {
    return new Entry(
        RESOURCES + path,
        """
        {"kind":"%s","apiVersion":"projectcalico.org/v3","metadata":{"name":"%s",%s},"spec":{%s}}"""
            .formatted(kind, path.substring(path.indexOf('/') + 1), origin(0), spec));
  }

  static Entry policy(String name, String spec) {
    return new Entry(
        RESOURCES + "networkpolicies/default/default." + name,
        """
        {"kind":"NetworkPolicy","apiVersion":"projectcalico.org/v3","metadata":\
        {"name":"default.%s","namespace":"default",%s},"spec":{%s}}"""
            .formatted(name, origin(1), spec));
  }

  /** A workload endpoint that has these labels, written as JSON. */
  static Entry endpoint(Workload workload, String labels) {
    String name = workload.node() + "-k8s-pod--" + workload.number() + "-eth0";
    return new Entry(
        RESOURCES + "workloadendpoints/default/" + name,
        """
        {"kind":"WorkloadEndpoint","apiVersion":"projectcalico.org/v3","metadata":{"name":"%1$s",\
        "namespace":"default",%2$s,"labels":{%3$s,"projectcalico.org/namespace":"default",\
        "projectcalico.org/orchestrator":"k8s"}},"spec":{"orchestrator":"k8s","workload":"",\
        "node":"%4$s","containerID":"","pod":"pod-%5$d","endpoint":"eth0","ipNetworks":["%6$s/32"],\
        "profiles":["calico"],"interfaceName":"%7$s","mac":"%8$s"}}"""
            .formatted(
                name,
                origin(workload.number()),
                labels,
                workload.node(),
                workload.number(),
                workload.address(),
                workload.iface(),
                workload.mac()));
  }

  /** A block of a node of which so many addresses are used there. */
  static Entry block(Place first, String node, int used) {
    return new Entry(
        BLOCKS + first.cidr().replace('/', '-'),
        """
        {"cidr":"%s","affinity":"host:%s","strictAffinity":false,"allocations":[%s],\
        "unallocated":[%s],"attributes":[%s],"deleted":false}"""
            .formatted(
                first.cidr(),
                node,
                joined(0, Place.BLOCK_SIZE, i -> i < used ? "" + i : "null"),
                joined(used, Place.BLOCK_SIZE, Integer::toString),
                joined(0, used, i -> attribute(first.block(), i, node))));
  }

  private static String attribute(int block, int offset, String node) {
    return """
    {"handle_id":"k8s-pod-network.%08x%08x","secondary":{"namespace":"default","node":"%s",\
    "pod":"pod-%d"}}"""
        .formatted(block, offset, node, offset);
  }

  private static String joined(int from, int to, java.util.function.IntFunction<String> text) {
    return IntStream.range(from, to).mapToObj(text).collect(Collectors.joining(","));
  }

  private static String origin(int number) {
    return """
    "uid":"%08x-0000-4000-8000-000000000000","creationTimestamp":"2026-01-02T03:04:05Z\""""
        .formatted(number);
  }
}
