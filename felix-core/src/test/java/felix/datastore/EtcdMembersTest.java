package felix.datastore;

import static felix.datastore.Collector.tier;
import static felix.datastore.Collector.tierPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With three members, of which some are away. */
@Timeout(180)
class EtcdMembersTest {
  private static final int MEMBERS = 3;

  private final List<EtcdServer> members = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    List<Integer> peers = IntStream.range(0, MEMBERS).mapToObj(i -> EtcdServer.freePort()).toList();
    String all =
        IntStream.range(0, MEMBERS)
            .mapToObj(i -> "m" + i + "=" + EtcdServer.endpoint(peers.get(i)))
            .collect(Collectors.joining(","));
    for (int i = 0; i < MEMBERS; i++) {
      URI peer = EtcdServer.endpoint(peers.get(i));
      members.add(
          new EtcdServer(
              "--name=m" + i,
              "--listen-peer-urls=" + peer,
              "--initial-advertise-peer-urls=" + peer,
              "--initial-cluster=" + all));
    }
    members.getFirst().put(tierPath("counter"), tier(1));
  }

  @AfterEach
  void stop() throws IOException {
    for (EtcdServer member : members) {
      member.close();
    }
  }

  private Watching watching() {
    var endpoints = members.stream().map(EtcdServer::endpoint).toList();
    return new Watching(new EtcdSettings(endpoints));
  }

  /** Once there is a leader: a write that times out may have been done. */
  private void put(int member, int order) throws InterruptedException {
    var settings = new EtcdSettings(List.of(members.get(member).endpoint()));
    try (var connector = new EtcdConnector(settings)) {
      long end = System.nanoTime() + 60_000_000_000L;
      while (!answers(connector)) {
        assertThat(System.nanoTime()).as("time until there is a leader").isLessThan(end);
      }
    }
    members.get(member).put(tierPath("counter"), tier(order));
  }

  private static boolean answers(EtcdConnector connector) throws InterruptedException {
    try {
      connector.connection().head();
      return true;
    } catch (EtcdFailure e) {
      connector.close();
      return false;
    }
  }

  @Test
  void goesOnWhicheverMemberIsLost() throws IOException, InterruptedException {
    try (var watching = watching()) {
      watching.awaitConnected();
      for (int i = 0; i < MEMBERS; i++) {
        members.get(i).kill();
        put((i + 1) % MEMBERS, 2 * i + 2);
        watching.sink.awaitOrder("counter", 2 * i + 2);
        members.get(i).startAgain();
        put(i, 2 * i + 3);
        watching.sink.awaitOrder("counter", 2 * i + 3);
      }

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void noticesThatThereIsNoLeaderAndGoesOnWhenThereIs() throws IOException, InterruptedException {
    try (var watching = watching()) {
      watching.awaitConnected();
      members.get(1).kill();
      members.get(2).kill();
      watching.awaitLost();
      members.get(1).startAgain();
      members.get(2).startAgain();
      put(2, 2);
      watching.sink.awaitOrder("counter", 2);

      EtcdWatcherTest.assertContiguous(watching.sink.orders("counter"));
      assertThat(watching.sink.snapshots()).isEqualTo(1);
    }
  }

  @Test
  void startsWithAMemberThatIsNotThereAndOneThatNobodyKnows()
      throws IOException, InterruptedException {
    members.getFirst().kill();
    var endpoints =
        List.of(
            members.getFirst().endpoint(),
            URI.create("http://no-such-host.invalid:2379"),
            members.get(2).endpoint());
    try (var watching = new Watching(new EtcdSettings(endpoints))) {
      watching.sink.awaitOrder("counter", 1);
    }
  }
}
