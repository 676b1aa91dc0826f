package felix.dataplane.ipset;

import static felix.dataplane.ipset.Members.net;
import static felix.dataplane.ipset.Members.port;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.dataplane.reconcile.ApplyOutcome;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.model.IpVersion;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver relies on. Run against {@link FakeIpset} and against the kernel. */
abstract class IpsetContract {
  private static final String NET = " hash:net family inet maxelem 3 -exist";

  abstract CommandRunner kernel();

  /** Has something in the kernel name the set, so that it cannot go. */
  abstract void reference(String set);

  abstract void dereference(String set);

  @AfterEach
  void destroyAll() {
    var names = IpSetListing.parse(list(), false, name -> true).keySet();
    names.forEach(this::dereference);
    names.forEach(name -> restore("destroy " + name));
  }

  /** Lines right before it may be lost as well, since the tool sends several at once. */
  @Test
  void whatFollowsABadLineIsNotDoneAndSomeOfWhatPrecedesItIs() {
    CommandResult result =
        restore("create a" + NET, "add a 10.0.0.1", "add b 10.0.0.1", "add a 10.0.0.2");
    assertThat(result.succeeded()).isFalse();
    assertThat(result.errors()).contains("line 3");
    assertThat(members("a")).doesNotContain("10.0.0.2");
  }

  @Test
  void theSameLinesCanBeRunAgain() {
    String[] lines = {
      "create a" + NET, "add a 10.0.0.1 -exist", "del a 10.0.0.2 -exist", "add a 10.0.0.1 -exist"
    };
    assertThat(restore(lines).succeeded()).isTrue();
    assertThat(restore(lines).succeeded()).isTrue();
    assertThat(members("a")).containsExactly("10.0.0.1");
  }

  @Test
  void aFullSetRefusesMore() {
    assertThat(
            restore("create a" + NET, "add a 1.0.0.1", "add a 1.0.0.2", "add a 1.0.0.3")
                .succeeded())
        .isTrue();
    assertThat(restore("add a 1.0.0.4 -exist").succeeded()).isFalse();
    assertThat(restore("del a 1.0.0.1 -exist", "add a 1.0.0.4 -exist").succeeded()).isTrue();
    assertThat(members("a")).containsExactly("1.0.0.2", "1.0.0.3", "1.0.0.4");
  }

  @ParameterizedTest
  @CsvSource({
    "hash:net family inet maxelem 4, false",
    "hash:ip family inet maxelem 3, false",
    "hash:net family inet6 maxelem 3, true",
    "hash:net family inet maxelem 3, true",
  })
  void createPassesOverASetThatIsTheSameButForTheFamily(String header, boolean passes) {
    restore("create a" + NET);
    assertThat(restore("create a " + header + " -exist").succeeded()).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({
    "hash:net family inet maxelem 7, true",
    "hash:net family inet6 maxelem 3, false",
    "'hash:ip,port family inet maxelem 3', false",
  })
  void onlySetsOfOneTypeAndFamilySwap(String header, boolean swaps) {
    restore("create a" + NET, "create b " + header);
    assertThat(restore("swap a b").succeeded()).isEqualTo(swaps);
  }

  @Test
  void aSetInUseCanBeSwappedAndEmptiedButNotDestroyed() {
    restore("create a" + NET, "create b" + NET, "add b 10.0.0.1", "create c" + NET);
    reference("a");
    assertThat(restore("destroy a", "destroy c").succeeded()).isFalse();
    assertThat(restore("swap b a", "destroy b").succeeded()).isTrue();
    assertThat(members("a")).containsExactly("10.0.0.1");
    assertThat(restore("flush a").succeeded()).isTrue();
    var terse =
        new IpSetCommands(kernel(), new IpSetStatus(IpVersion.V4)).listTersely(name -> true);
    assertThat(terse.keySet()).containsExactlyInAnyOrder("a", "c");
    assertThat(terse.values().stream().map(ListedSet::references)).containsExactlyInAnyOrder(1, 0);
    dereference("a");
    assertThat(restore("destroy a").succeeded()).isTrue();
  }

  @Test
  void membersAreShownAsTheDriverWritesThem() {
    var driver = newDriver(IpVersion.V4);
    fill(driver);
    assertThat(driver.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
    var v6 = newDriver(IpVersion.V6);
    fill(v6);
    assertThat(v6.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);

    assertThat(members("cali40s:a")).containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1");
    assertThat(members("cali40n:b")).containsExactly("10.0.0.1,sctp:1", "10.0.0.1,tcp:65535");
    assertThat(members("cali60s:a")).containsExactly("::/1", "fd00::/64", "fd00::1:0:0:1");
    assertThat(members("cali60n:b")).containsExactly("fd00::1,udp:53");
  }

  @Test
  void aDriverThatFindsItsOwnWorkWritesNothing() {
    for (var version : IpVersion.values()) {
      var first = newDriver(version);
      fill(first);
      first.additions().apply();
      var second = newDriver(version);
      fill(second);
      assertThat(second.additions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
      assertThat(second.deletions().apply()).isEqualTo(ApplyOutcome.IN_SYNC);
      assertThat(second.additions().writes() + second.deletions().writes()).isZero();
    }
  }

  private IpSetDriver newDriver(IpVersion version) {
    return new IpSetDriver(version, 1_000, kernel(), System::nanoTime);
  }

  private static void fill(IpSetDriver driver) {
    var nets = new IpSetId("s:a");
    driver.desired().set(nets, IpSetType.NET);
    List.of("10.0.0.1", "10.0.0.0/8", "0.0.0.0/1", "fd00:0:0:0:1:0:0:1", "fd00::/64", "::/1")
        .forEach(cidr -> driver.desired().addMember(nets, net(cidr)));
    var ports = new IpSetId("n:b");
    driver.desired().set(ports, IpSetType.IP_PORT);
    driver.desired().addMember(ports, port("10.0.0.1", "tcp", 65535));
    driver.desired().addMember(ports, port("10.0.0.1", "sctp", 1));
    driver.desired().addMember(ports, port("fd00::1", "udp", 53));
  }

  private CommandResult restore(String... lines) {
    return kernel().run(List.of("ipset", "restore"), String.join("\n", lines) + "\n");
  }

  private String list() {
    return kernel().run(List.of("ipset", "list"), "").output();
  }

  private Set<String> members(String name) {
    var sets = new TreeMap<>(IpSetListing.parse(list(), false, name::equals));
    return new TreeSet<>(sets.firstEntry().getValue().memberTexts().toList());
  }
}
