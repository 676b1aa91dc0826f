package felix.datastore;

import static felix.datastore.Collector.BLOCK;
import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;

import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.Node;
import felix.model.ProfileLabelsKey;
import felix.model.ResourceUpdate;
import felix.model.TierKey;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With an etcd that is well. */
@Timeout(120)
class EtcdWatcherTest {
  private EtcdServer etcd;

  @BeforeEach
  void start() throws IOException {
    etcd = new EtcdServer();
  }

  @AfterEach
  void stop() throws IOException {
    etcd.close();
  }

  @Test
  void snapshotAndWatchLeaveNoGapUnderConcurrentWrites() throws InterruptedException {
    var written = new AtomicInteger();
    var stop = new CompletableFuture<Void>();
    var writer = new Thread(() -> countUp(written, stop), "writer");
    writer.start();
    for (int start = 0; start < 5; start++) {
      try (var watching = new Watching(etcd.endpoint())) {
        int target = written.get() + 200;
        watching.sink.await("writes seen", () -> seen(watching) >= target);
        assertContiguous(watching.sink.orders("counter"));
        assertThat(watching.sink.orders(BLOCK)).isEqualTo(watching.sink.orders("counter"));
        assertThat(watching.sink.snapshots()).isEqualTo(1);
      }
    }
    stop.complete(null);
    writer.join();
  }

  private void countUp(AtomicInteger written, CompletableFuture<Void> stop) {
    while (!stop.isDone()) {
      int number = written.incrementAndGet();
      etcd.transaction(putBlock(number), put("counter", number));
    }
  }

  /** In a transaction with a tier it is written at the same revision, below the other root. */
  static Op putBlock(int order) {
    return Op.put(
        EtcdServer.bytes(Collector.BLOCK_KEY),
        EtcdServer.bytes(Collector.block(order)),
        PutOption.DEFAULT);
  }

  private static int seen(Watching watching) {
    Integer last = watching.sink.order("counter");
    return last == null ? 0 : last;
  }

  static void assertContiguous(List<Integer> orders) {
    assertThat(orders)
        .isEqualTo(IntStream.rangeClosed(orders.getFirst(), orders.getLast()).boxed().toList());
  }

  @Test
  void manyPagesAreOneSnapshot() throws InterruptedException {
    int keys = 3_500;
    var writes = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < keys; i++) {
      writes.add(etcd.putLater(tierPath("t" + i), tier(i)));
    }
    int blocks = 1_500;
    for (int i = 0; i < blocks; i++) {
      writes.add(etcd.putLaterAt(blockKey(i), "{\"cidr\":\"" + blockCidr(i) + "\"}"));
    }
    writes.forEach(EtcdServer::await);

    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      assertThat(watching.sink.snapshots()).isEqualTo(1);
      assertThat(watching.sink.calls()).isEmpty();
      assertThat(watching.sink.size()).isEqualTo(keys + blocks + ResourceDecoder.builtIn().size());
      assertThat(IntStream.range(0, keys))
          .allSatisfy(i -> assertThat(watching.sink.order("t" + i)).isEqualTo(i));
    }
  }

  private static String blockCidr(int i) {
    return "10.%d.%d.0/24".formatted(i >> 8, i & 255);
  }

  private static String blockKey(int i) {
    return KeyPath.BLOCKS + "ipv4/block/" + blockCidr(i).replace('/', '-');
  }

  @Test
  void pageLargerThanAMessageIsReadInParts() throws InterruptedException {
    String padding = "x".repeat(1_000_000);
    int keys = 70;
    for (int i = 0; i < keys; i++) {
      etcd.put(
          tierPath("t" + i), tier(i).replace("spec\":{", "spec\":{\"x\":\"" + padding + "\","));
    }

    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      assertThat(watching.sink.snapshots()).isEqualTo(1);
      assertThat(watching.sink.order("t69")).isEqualTo(69);
    }
  }

  @Test
  void transactionIsOneCallInOrder() throws InterruptedException {
    etcd.put(tierPath("old"), tier(1));
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      etcd.transaction(delete("old"), put("new", 2), put("other", 3));
      watching.sink.awaitOrder("other", 3);

      assertThat(watching.sink.calls()).hasSize(1);
      assertThat(watching.sink.calls().getFirst())
          .extracting(ResourceUpdate::key)
          .containsExactly(new TierKey("old"), new TierKey("new"), new TierKey("other"));
      assertThat(watching.sink.order("old")).isNull();
    }
  }

  static Op put(String name, int order) {
    return Op.put(
        EtcdServer.bytes(KeyPath.ROOT + tierPath(name)),
        EtcdServer.bytes(tier(order)),
        PutOption.DEFAULT);
  }

  private static Op delete(String name) {
    return Op.delete(EtcdServer.bytes(KeyPath.ROOT + tierPath(name)), DeleteOption.DEFAULT);
  }

  @Test
  void blocksAreFollowedAsResourcesAre() throws InterruptedException {
    etcd.putAt(Collector.BLOCK_KEY, Collector.block(1));
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      assertThat(watching.sink.orders(BLOCK)).containsExactly(1);
      etcd.putAt(Collector.BLOCK_KEY, Collector.block(2));
      etcd.putAt(Collector.BLOCK_KEY, "{");
      watching.sink.awaitGone(BLOCK);
      assertThat(watching.quarantine.entries())
          .extracting(Quarantined::key)
          .containsExactly(Collector.BLOCK_KEY);
      etcd.putAt(Collector.BLOCK_KEY, Collector.block(3));
      watching.sink.awaitOrder(BLOCK, 3);
      assertThat(watching.quarantine.size()).isZero();
      etcd.deleteAt(Collector.BLOCK_KEY);
      watching.sink.awaitGone(BLOCK);

      assertThat(watching.sink.orders(BLOCK)).containsExactly(1, 2, 3);
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void partOfANodeIsQuarantinedAndTheRestIsHandedOver() throws InterruptedException {
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      etcd.put(
          "nodes/n",
          "{\"spec\":{\"bgp\":{\"ipv4Address\":\"10.0.0.1\"},\"vxlanTunnelMACAddr\":\"x\"}}");
      watching.sink.await("quarantine", () -> watching.quarantine.size() == 1);
      etcd.put(tierPath("t"), tier(1));
      watching.sink.awaitOrder("t", 1);

      assertThat(watching.sink.calls().getFirst().getFirst().value())
          .isEqualTo(new Node(new HostAddress(Ip.parse("10.0.0.1"), 32), null, null, null, null));
    }
  }

  @Test
  void emptyDatastoreIsASnapshotToo() throws InterruptedException {
    try (var watching = new Watching(etcd.endpoint())) {
      watching.sink.await("snapshot", () -> watching.sink.snapshots() == 1);
      etcd.put(tierPath("t"), tier(1));
      watching.sink.awaitOrder("t", 1);
    }
  }

  @Test
  void malformedValueIsQuarantinedUntilItHeals() throws InterruptedException {
    etcd.put(tierPath("early"), "{");
    etcd.put("profiles/p", "{\"kind\":\"Profile\",\"spec\":{\"labelsToApply\":7}}");
    etcd.put(tierPath("good"), tier(7));
    try (var watching = new Watching(etcd.endpoint())) {
      watching.sink.awaitOrder("good", 7);
      assertThat(watching.sink.order("early")).isNull();
      assertThat(watching.quarantine.entries())
          .extracting(Quarantined::key)
          .containsExactly(KeyPath.ROOT + "profiles/p", KeyPath.ROOT + tierPath("early"));

      etcd.put(tierPath("early"), tier(8));
      watching.sink.awaitOrder("early", 8);
      etcd.put(tierPath("good"), "\"text\"");
      watching.sink.awaitGone("good");
      etcd.delete("profiles/p");
      watching.sink.await("profile healed", () -> watching.quarantine.size() == 1);
      assertThat(watching.quarantine.entries())
          .extracting(Quarantined::key)
          .containsExactly(KeyPath.ROOT + tierPath("good"));
      var gone = new ResourceUpdate(new ProfileLabelsKey("p"), null);
      watching.sink.await("profile gone", () -> watching.sink.calls().getLast().contains(gone));
    }
  }

  @Test
  void reachesEtcdOverIpv6() throws InterruptedException {
    etcd.put(tierPath("t"), tier(1));
    try (var watching = new Watching(etcd.endpointV6())) {
      watching.sink.awaitOrder("t", 1);
    }
  }

  @Test
  void keysThatAreNoResourcesAreSkipped() throws InterruptedException {
    etcd.put("bgppeers/peer1", "not even JSON");
    etcd.putOutside("/calico/ipam/v2/config");
    try (var watching = new Watching(etcd.endpoint())) {
      watching.awaitConnected();
      etcd.put("bgppeers/peer2", "{}");
      etcd.putOutside("/calico/ipam/v2/handle/k8s-pod-network.1");
      etcd.putOutside("/calico/ipam/v2/host/node1/ipv4/block/10.0.0.0-26");
      etcd.put(tierPath("t"), tier(1));
      watching.sink.awaitOrder("t", 1);

      assertThat(watching.sink.calls()).hasSize(1);
      assertThat(watching.quarantine.size()).isZero();
    }
  }
}
