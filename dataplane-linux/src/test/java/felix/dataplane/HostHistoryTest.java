package felix.dataplane;

import static felix.dataplane.DeltaBuilder.allowAll;
import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.ScenarioTest.allowFrom;
import static felix.dataplane.ipset.Members.net;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.iptables.IptablesBackend;
import felix.dataplane.netlink.FakeKernel;
import felix.delta.ActiveWorkload;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Encapsulation;
import felix.model.HostAddress;
import felix.model.Ip;
import felix.model.IpPool;
import felix.model.IpVersion;
import felix.model.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of the whole kernel side: whatever happened to cluster, links, kernel and process, in the
 * end the host holds what a fresh host holds that was told the same, and another process that is
 * told it once more writes nothing.
 */
class HostHistoryTest {
  /** {@code -Dhistories=1500} takes some minutes. */
  private static final int HISTORIES = Integer.getInteger("histories", 40);

  private static final int STEPS = 40;

  @TempDir Path folder;

  @Test
  void everyHistoryEndsAsAFreshStart() throws IOException {
    for (long seed = 0; seed < HISTORIES; seed++) {
      new History(seed, Files.createDirectory(folder.resolve("seed" + seed))).run();
    }
  }

  private static final class History {
    private final long seed;
    private final Path folder;
    private final Random random;
    private final FakeTools fakes;
    private final TestHost host;
    private final DeltaBuilder cluster = new DeltaBuilder();
    private final Map<String, Boolean> links = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private AgentWithoutThreads agent;
    private boolean ready = true;
    private int refusals;

    History(long seed, Path folder) throws IOException {
      this.seed = seed;
      this.folder = folder;
      this.random = new Random(seed);
      this.fakes = new FakeTools(backend());
      this.host = newHost(fakes, "old");
      this.agent = new AgentWithoutThreads(host);
    }

    private IptablesBackend backend() {
      return seed % 2 == 0 ? IptablesBackend.LEGACY : IptablesBackend.NFT;
    }

    private TestHost newHost(FakeTools tools, String name) throws IOException {
      return TestHost.ofFakes(tools, new FakeKernel(), Files.createDirectory(folder.resolve(name)));
    }

    void run() throws IOException {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(12)) {
          case 0 -> flushAChain();
          case 1 -> meddleWithSets();
          case 2 -> refuseSomeRestores();
          case 3 -> fakes.ipset.breakRuns(random.nextInt(3));
          case 4 -> restart();
          case 5 -> ready = !ready;
          case 6, 7 -> changeALink();
          case 8 -> agent.pass(Duration.ofMillis(random.nextInt(20_000)));
          default -> changeTheCluster();
        }
      }
      settle();
      assertThat(host.dump()).as("seed %d", seed).isEqualTo(freshDump());
      restartQuietly();
    }

    /** Any cluster in which what is named is there. */
    private void changeTheCluster() {
      var policies = new TreeSet<Integer>();
      for (int i = 0; i < 5; i++) {
        String name = "w" + i;
        if (random.nextInt(3) == 0) {
          cluster.workload(name, null);
          known.remove(name);
        } else if (random.nextBoolean() || !known.contains(name)) {
          cluster.workload(name, anyWorkload(i));
          known.add(name);
        }
      }
      cluster.policyNames().forEach(name -> policies.add(Integer.parseInt(name.substring(1))));
      for (int i = 0; i < 3; i++) {
        boolean used = policies.contains(i);
        cluster.policy("p" + i, used ? allowFrom("s:" + i) : null);
        if (used) {
          cluster.ipSet("s:" + i, IpSetType.NET, anyMembers());
        } else {
          cluster.noIpSet("s:" + i);
        }
      }
      changeTheNetwork();
      cluster.profile("calico", allowAll()).ready(ready);
      agent.send(cluster.take());
    }

    private void changeTheNetwork() {
      cluster.encapsulations(random.nextBoolean(), random.nextBoolean());
      for (var cidr : List.of("10.0.0.0/16", "fd00::/64", "0.0.0.0/0")) {
        cluster.pool(cidr, random.nextInt(3) == 0 ? null : anyPool(cidr));
      }
      for (var name : List.of("", "n1", "n2")) { // settings call this host nothing
        cluster.node(name, random.nextInt(3) == 0 ? null : anyNode());
      }
    }

    private IpPool anyPool(String cidr) {
      return new IpPool(Cidr.parse(cidr), Encapsulation.NONE, false, random.nextBoolean());
    }

    private Node anyNode() {
      var address = new HostAddress(Ip.parse("192.0.2." + (1 + random.nextInt(2))), 24);
      return new Node(address, null, random.nextBoolean() ? address.ip() : null, null, null);
    }

    private ActiveWorkload anyWorkload(int i) {
      return workload(
          "cali" + random.nextInt(4),
          "calico",
          random.nextBoolean() ? null : "p" + random.nextInt(3),
          "10.0.0." + (random.nextInt(10) == 0 ? random.nextInt(5) : i) + "/32",
          "fd00::" + i + "/128");
    }

    private IpSetMember[] anyMembers() {
      return IntStream.range(0, random.nextInt(4))
          .mapToObj(i -> net((random.nextBoolean() ? "10.1.0." : "fd00::") + random.nextInt(9)))
          .distinct()
          .toArray(IpSetMember[]::new);
    }

    private void flushAChain() {
      String family = random.nextBoolean() ? "v4-restore" : "v6-restore";
      String chain = random.nextBoolean() ? "cali-FORWARD" : "cali-from-wl-dispatch";
      String line = random.nextBoolean() ? ":" + chain + " - [0:0]" : "-F FORWARD";
      fakes.run(List.of(family), "*filter\n" + line + "\nCOMMIT\n");
    }

    private void meddleWithSets() {
      var names = List.copyOf(fakes.ipset.names());
      if (!names.isEmpty()) {
        String name = names.get(random.nextInt(names.size()));
        fakes.ipset.attempt((random.nextBoolean() ? "flush " : "destroy ") + name);
      }
    }

    /** Ten in a row of one table would be a fault. */
    private void refuseSomeRestores() {
      if (refusals++ >= 4) {
        return;
      }
      var refused = new CommandResult(4, "", "no");
      var version = random.nextBoolean() ? IpVersion.V4 : IpVersion.V6;
      fakes.tables(version).answerRestore(refused, refused);
    }

    private void changeALink() {
      String name = "cali" + random.nextInt(4);
      if (!links.containsKey(name)) {
        host.addLink(name);
        links.put(name, false);
      } else if (random.nextInt(3) == 0) {
        host.lab.delete(name);
        links.remove(name);
      } else if (links.getOrDefault(name, false)) {
        host.lab.down(name);
        links.put(name, false);
      } else {
        host.lab.up(name);
        links.put(name, true);
      }
      if (random.nextBoolean()) {
        agent.hear();
      }
    }

    private void restart() {
      agent = new AgentWithoutThreads(host);
      agent.send(cluster.ready(ready).snapshot());
    }

    private void settle() {
      fakes.ipset.breakRuns(0);
      ready = true;
      cluster.ready(true);
      agent.send(cluster.take());
      agent.pass(Duration.ofMinutes(2));
      assertThat(agent.status.isInSync()).as("seed %d", seed).isTrue();
    }

    private String freshDump() throws IOException {
      var fresh = newHost(new FakeTools(backend()), "fresh");
      links.forEach(
          (name, up) -> {
            fresh.addLink(name);
            if (up) {
              fresh.lab.up(name);
            }
          });
      new AgentWithoutThreads(fresh).send(cluster.snapshot());
      return fresh.dump();
    }

    private void restartQuietly() {
      agent = new AgentWithoutThreads(host);
      agent.send(cluster.snapshot());
      agent.pass(Duration.ofSeconds(20));
      assertThat(agent.writes()).as("seed %d: %s", seed, agent.kernelWrites()).isZero();
    }
  }
}
