package felix.packets;

import felix.lab.Lab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Workloads of other hosts, policies that name them, and endpoints of this host that have these
 * policies: what makes an agent's work larger than an example.
 */
final class Crowd {
  private static final int PER_TRANSACTION = 500;
  private static final int LOCAL_BASE = 0x2000;
  private static final int REMOTE_BASE = 0x3000;

  private final Random random = new Random(5);
  private final int remote;
  private final int services;

  Crowd(int remote, int services) {
    this.remote = remote;
    this.services = services;
  }

  /** Everything, to be written before the agent starts. */
  void load(Lab lab, int local) {
    var policies = IntStream.range(0, services).mapToObj(this::policy);
    var here = IntStream.range(0, local).mapToObj(i -> endpoint("node1", LOCAL_BASE + i));
    var elsewhere = IntStream.range(0, remote).mapToObj(i -> endpoint("node2", REMOTE_BASE + i));
    var all = Stream.of(policies, here, elsewhere).flatMap(s -> s).toList();
    for (int i = 0; i < all.size(); i += PER_TRANSACTION) {
      var part = all.subList(i, Math.min(all.size(), i + PER_TRANSACTION));
      lab.etcd().write(Resource.map(part.stream()), List.of());
    }
  }

  /** Endpoints of other hosts change their labels, as fast as etcd takes it, until it is ended. */
  final class Unrest implements AutoCloseable {
    private final Lab lab;
    private volatile boolean ended;
    private volatile int changes;
    private final CompletableFuture<Void> work;

    Unrest(Lab lab) {
      this.lab = lab;
      this.work = CompletableFuture.runAsync(this::run, task -> new Thread(task, "unrest").start());
    }

    private void run() {
      while (!ended) {
        Map<String, String> some = new LinkedHashMap<>();
        for (int i = 0; i < PER_TRANSACTION; i++) {
          var one = endpoint("node2", REMOTE_BASE + random.nextInt(remote));
          some.put(one.key(), one.value());
        }
        lab.etcd().write(some, new ArrayList<>());
        changes += some.size();
      }
    }

    int changes() {
      return changes;
    }

    @Override
    public void close() {
      ended = true;
      work.join();
    }
  }

  private Resource policy(int service) {
    var name = "svc-" + service;
    return new Resource(
        Example.RESOURCES + "networkpolicies/default/default." + name,
        Example.policy(
            name,
            """
            "order": %d, "selector": "app == '%s'", "types": ["Ingress"],
            "ingress": [{"action": "Allow", "protocol": "TCP", "destination": {"ports": [80, 443]},
              "source": {"selector": "app in {'svc-%d', 'svc-%d'}"}}]
            """
                .formatted(
                    100 + service % 7, name, random.nextInt(services), random.nextInt(services))));
  }

  private Resource endpoint(String node, int number) {
    var pod = "crowd" + number;
    var name = node + "-k8s-" + pod + "-eth0";
    return new Resource(
        Example.RESOURCES + "workloadendpoints/default/" + name,
        """
        {"kind": "WorkloadEndpoint", "apiVersion": "projectcalico.org/v3",
         "metadata": {"name": "%1$s", "namespace": "default", "labels": {"app": "svc-%2$d",
           "projectcalico.org/namespace": "default", "projectcalico.org/orchestrator": "k8s"}},
         "spec": {"orchestrator": "k8s", "node": "%3$s", "pod": "%4$s", "endpoint": "eth0", "profiles": ["calico"],
           "interfaceName": "cali%5$07x", "ipNetworks": ["172.29.%6$d.%7$d/32"]}}
        """
            .formatted(
                name, random.nextInt(services), node, pod, number, number >> 8, number & 0xff));
  }
}
