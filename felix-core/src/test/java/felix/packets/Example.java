package felix.packets;

import felix.lab.Probe;
import felix.lab.Workload;
import felix.lab.World;

/**
 * The bookstore example as the tests start from it: its names and addresses, and resources to add.
 */
final class Example {
  static final World.State STATE = World.bookstore().states().getFirst();

  static final String SERVER = "172.29.1.1";
  static final String BOOKSTORE = "172.29.1.2";
  static final String FRUITSTORE = "172.29.1.3";

  /** Let through by the example's policy. */
  static final Probe ALLOWED = Probe.tcp(BOOKSTORE, SERVER, 80);

  /** Stopped by the example's policy. */
  static final Probe DENIED = Probe.tcp(FRUITSTORE, SERVER, 80);

  /** A packet to a workload that only a test's own policy {@link #gate} can stop. */
  static final Probe THROUGH_GATE = Probe.udp(SERVER, BOOKSTORE, 53);

  static final String RESOURCES = "/calico/resources/v3/projectcalico.org/";
  static final String GATE = RESOURCES + "networkpolicies/default/default.gate";

  private Example() {}

  /** The one of the example's workloads that has an address. */
  static Workload workload(String ip) {
    return STATE.workloads().stream()
        .filter(workload -> workload.ip().equals(ip))
        .findFirst()
        .orElseThrow();
  }

  /** A policy of the bookstore client that stops {@link #THROUGH_GATE}. */
  static String gate() {
    return policy(
        "gate",
        """
        "order": 1, "selector": "biz_type == 'bookstore' && role == 'client'", "types": ["Ingress"],
        "ingress": [{"action": "Deny", "protocol": "UDP", "destination": {"ports": [53]}}, {"action": "Allow"}]
        """);
  }

  /** A NetworkPolicy in namespace default. */
  static String policy(String name, String spec) {
    return """
        {"kind": "NetworkPolicy", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "default.%s", "namespace": "default"}, "spec": {%s}}
        """
        .formatted(name, spec);
  }

  /** The key of a workload endpoint on this node. */
  static String endpointKey(String pod) {
    return RESOURCES + "workloadendpoints/default/node1-k8s-" + pod.replace("-", "--") + "-eth0";
  }

  /** A workload endpoint in namespace default. */
  static String endpoint(String pod, String iface, String ip, String mac) {
    return """
        {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "node1-k8s-%1$s-eth0", "namespace": "default",
           "labels": {"projectcalico.org/namespace": "default", "projectcalico.org/orchestrator": "k8s"}},
         "spec": {"orchestrator": "k8s", "node": "node1", "pod": "%1$s", "endpoint": "eth0", "profiles": ["calico"],
           "interfaceName": "%2$s", "mac": "%4$s", "ipNetworks": ["%3$s/32"]}}
        """
        .formatted(pod, iface, ip, mac);
  }
}
