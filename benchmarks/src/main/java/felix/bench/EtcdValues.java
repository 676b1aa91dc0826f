package felix.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keys and values as Calico's CNI plugin, calicoctl and its controllers write them into etcd. */
enum EtcdValues {
  WORKLOAD_ENDPOINT {
    @Override
    String key(int i) {
      return ROOT + "workloadendpoints/default/" + node(i) + "-k8s-pod--" + i + "-eth0";
    }

    @Override
    String value(int i) {
      return """
      {"kind":"WorkloadEndpoint","apiVersion":"projectcalico.org/v3","metadata":{"name":"%1$s-k8s-pod--%2$d-eth0",\
      "namespace":"default","uid":"%3$s","creationTimestamp":"2026-01-02T03:04:05Z",\
      "labels":{"app":"svc-%4$d","env":"%5$s","projectcalico.org/namespace":"default",\
      "projectcalico.org/orchestrator":"k8s","role":"r%6$d"}},\
      "spec":{"orchestrator":"k8s","workload":"","node":"%1$s","containerID":"","pod":"pod-%2$d","endpoint":"eth0",\
      "ipNetworks":["%7$s/32"],"profiles":["kns.default","ksa.default.default"],\
      "interfaceName":"cali%2$07x","mac":"02:00:%8$s"}}"""
          .formatted(
              node(i).replace("-", "--"),
              i,
              uid(i),
              i % 1_000,
              i % 2 == 0 ? "prod" : "dev",
              i % 3,
              address(i),
              mac(i));
    }
  },
  NETWORK_POLICY {
    @Override
    String key(int i) {
      return ROOT + "networkpolicies/default/default.allow-" + i;
    }

    @Override
    String value(int i) {
      return """
      {"kind":"NetworkPolicy","apiVersion":"projectcalico.org/v3","metadata":{"name":"default.allow-%1$d",\
      "namespace":"default","uid":"%2$s","creationTimestamp":"2026-01-02T03:04:05Z"},\
      "spec":{"order":%1$d,"selector":"app == 'svc-%1$d' && env in {'prod', 'test'}","types":["Ingress","Egress"],\
      "ingress":[{"action":"Allow","protocol":"TCP","source":{"selector":"app == 'svc-%3$d'"},\
      "destination":{"ports":[80,443,"8080:8090"]}},\
      {"action":"Allow","protocol":"TCP","source":{"namespaceSelector":"team == 'blue'","notNets":["10.9.0.0/16"]},\
      "destination":{"ports":[9090]}},{"action":"Deny","source":{},"destination":{}}],\
      "egress":[{"action":"Allow","protocol":"UDP","source":{},"destination":{"selector":"k8s-app == 'dns'",\
      "ports":[53]}},{"action":"Allow","source":{},"destination":{"nets":["10.0.0.0/8","192.168.%4$d.0/24"]}}]}}"""
          .formatted(i, uid(i), i + 1, i % 256);
    }
  },
  NETWORK_SET {
    @Override
    String key(int i) {
      return ROOT + "globalnetworksets/set-" + i;
    }

    @Override
    String value(int i) {
      String nets =
          IntStream.range(0, 20)
              .mapToObj(n -> "\"" + address(20 * i + n) + (n % 2 == 0 ? "/32\"" : "\""))
              .collect(Collectors.joining(","));
      return """
      {"kind":"GlobalNetworkSet","apiVersion":"projectcalico.org/v3","metadata":{"name":"set-%1$d","uid":"%2$s",\
      "creationTimestamp":"2026-01-02T03:04:05Z","labels":{"network-set-name":"network-set-%1$d"}},\
      "spec":{"nets":[%3$s]}}"""
          .formatted(i, uid(i), nets);
    }
  },
  PROFILE {
    @Override
    String key(int i) {
      return ROOT + "profiles/kns.namespace-" + i;
    }

    @Override
    String value(int i) {
      return """
      {"kind":"Profile","apiVersion":"projectcalico.org/v3","metadata":{"name":"kns.namespace-%1$d","uid":"%2$s",\
      "creationTimestamp":"2026-01-02T03:04:05Z"},"spec":{"ingress":[{"action":"Allow","source":{},"destination":{}}],\
      "egress":[{"action":"Allow","source":{},"destination":{}}],"labelsToApply":{"pcns.team":"team-%3$d",\
      "pcns.projectcalico.org/name":"namespace-%1$d","pcns.env":"prod"}}}"""
          .formatted(i, uid(i), i % 50);
    }
  };

  private static final String ROOT = "/calico/resources/v3/projectcalico.org/";
  private static final int ENDPOINTS_A_NODE = 50;

  /** A key with its value, whose bytes nobody changes. */
  static final class Entry {
    private final String key;
    private final byte[] value;

    Entry(String key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    String key() {
      return key;
    }

    byte[] value() {
      return value;
    }
  }

  abstract String key(int i);

  abstract String value(int i);

  /** The first so many. */
  List<Entry> first(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Entry(key(i), value(i).getBytes(UTF_8)))
        .toList();
  }

  private static String node(int i) {
    return "node" + i / ENDPOINTS_A_NODE;
  }

  private static String uid(int i) {
    return "%08x-0000-4000-8000-000000000000".formatted(i);
  }

  private static String address(int i) {
    return "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
  }

  private static String mac(int i) {
    return "%02x:%02x:%02x:%02x".formatted(i >> 24 & 255, i >> 16 & 255, i >> 8 & 255, i & 255);
  }
}
