package felix.bench.fleet;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Workload endpoints as Calico v3.14 writes them, of about a kilobyte with their key. */
final class Cluster implements AutoCloseable {
  private static final int IN_FLIGHT = 64;

  private final Client client;
  private final KV kv;

  Cluster(URI etcd) {
    client = Client.builder().endpoints(etcd).build();
    kv = client.getKVClient();
  }

  /** Writes so many endpoints. */
  void fill(int endpoints) {
    var calls = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < endpoints; i++) {
      calls.add(put(i, 0));
      if (calls.size() == IN_FLIGHT) {
        await(calls);
      }
    }
    await(calls);
  }

  /** Gives endpoints another label, one after the other, at most so many a second. */
  void change(int changes, int endpoints, int perSecond) throws InterruptedException {
    long pause = Duration.ofSeconds(1).toNanos() / perSecond;
    long next = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      put(i % endpoints, 1 + i / endpoints).join();
      next += pause;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static void await(List<CompletableFuture<?>> calls) {
    calls.forEach(CompletableFuture::join);
    calls.clear();
  }

  private CompletableFuture<?> put(int number, int version) {
    return kv.put(bytes(key(number)), bytes(value(number, version)));
  }

  private static String key(int number) {
    return "/calico/resources/v3/projectcalico.org/workloadendpoints/default/" + name(number);
  }

  private static String name(int number) {
    return "node" + number / 100 + "-libnetwork-libnetwork-w" + number;
  }

  private static String value(int number, int version) {
    return """
        {"kind":"WorkloadEndpoint","apiVersion":"projectcalico.org/v3","metadata":{"name":"%s",\
        "namespace":"default","uid":"57b9d1a5-6f0c-11ea-9b0a-%012d","creationTimestamp":\
        "2026-01-01T00:00:00Z","labels":{"app":"service-%d","version":"v%d","env":"prod",\
        "projectcalico.org/namespace":"default","projectcalico.org/orchestrator":"libnetwork"}},\
        "spec":{"orchestrator":"libnetwork","workload":"libnetwork","node":"node%d",\
        "endpoint":"w%d","ipNetworks":["10.%d.%d.%d/32"],"profiles":["calico"],\
        "interfaceName":"cali%07x","mac":"02:00:00:%02x:%02x:%02x"}}"""
        .formatted(
            name(number),
            number,
            number % 500,
            version,
            number / 100,
            number,
            number >> 16 & 255,
            number >> 8 & 255,
            number & 255,
            number,
            number >> 16 & 255,
            number >> 8 & 255,
            number & 255);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
