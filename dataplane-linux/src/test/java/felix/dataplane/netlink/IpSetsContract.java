package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.netlink.IpSetRequest.Flush;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.dataplane.netlink.IpSetRequest.Swap;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver relies on, of the kernel's sets and of their stand-in. */
abstract class IpSetsContract extends IpSetLabTest {
  private static final IpSetHeader NETS = new IpSetHeader("hash:net", IpVersion.V4, 3, false);
  private static final IpSetHeader NETS6 = new IpSetHeader("hash:net", IpVersion.V6, 9, false);
  private static final IpSetHeader PORTS = new IpSetHeader("hash:ip,port", IpVersion.V4, 9, false);
  private static final IpSetHeader PORTS6 = new IpSetHeader("hash:ip,port", IpVersion.V6, 9, false);

  @Test
  void membersOfAllKindsAreWrittenAndRead() {
    run(
        new Create("nets", new IpSetHeader("hash:net", IpVersion.V4, 9, false), 0),
        add("nets", net("10.0.0.1/32"), net("10.0.0.0/8"), net("0.0.0.0/1"), net("128.0.0.0/1")),
        new Create("nets6", NETS6, 0),
        add("nets6", net("fd00::1/128"), net("fd00::/64"), net("::/1"), net("ffff::/16")),
        new Create("ports", PORTS, 0),
        add(
            "ports",
            port("10.0.0.1", 6, 65_535),
            port("255.0.0.1", 17, 53),
            port("10.0.0.1", 132, 1),
            port("10.0.0.1", 136, 80)),
        new Create("ports6", PORTS6, 0),
        add("ports6", port("fd00::1", 17, 53), port("ffff::", 132, 8_080)));

    assertThat(lab.members("nets"))
        .containsExactly("0.0.0.0/1", "10.0.0.0/8", "10.0.0.1", "128.0.0.0/1");
    assertThat(lab.members("nets6")).containsExactly("::/1", "fd00::/64", "fd00::1", "ffff::/16");
    assertThat(lab.members("ports"))
        .containsExactly(
            "10.0.0.1,sctp:1", "10.0.0.1,tcp:65535", "10.0.0.1,udplite:80", "255.0.0.1,udp:53");
    assertThat(lab.members("ports6")).containsExactly("fd00::1,udp:53", "ffff::,sctp:8080");

    Map<String, Listed> listed = list();
    assertThat(listed.keySet()).containsExactly("nets", "nets6", "ports", "ports6");
    listed.forEach((name, set) -> assertThat(set.members).isEqualTo(lab.members(name)));
    assertThat(listed.values().stream().map(Listed::set))
        .contains(new ListedIpSet("ports6", PORTS6, 0, 2));
  }

  @Test
  void whatIsThereOrGoneAlreadyIsNotRefused() {
    for (int i = 0; i < 2; i++) {
      run(new Create("a", NETS, 0), delete("a", net("10.0.0.9/32")), add("a", net("10.0.0.1/32")));
    }
    assertThat(lab.members("a")).containsExactly("10.0.0.1");
  }

  @Test
  void aRefusedMemberStopsItsRequestAndNoOther() {
    lab.restore("create a hash:net family inet maxelem 3", "create b hash:net maxelem 3");
    var refused =
        sets.run(
            List.of(
                add("a", net("10.0.0.1/32"), net("0.0.0.0/0"), net("10.0.0.2/32")),
                add("b", net("10.0.0.3/32"))));
    assertThat(refused).extracting(IpSetRefusal::errno).containsExactly(new Errno(4104));
    assertThat(lab.members("a")).containsExactly("10.0.0.1");
    assertThat(lab.members("b")).containsExactly("10.0.0.3");
  }

  @Test
  void aFullSetRefusesMore() {
    run(
        new Create("a", NETS, 0),
        add("a", net("1.0.0.1/32"), net("1.0.0.2/32"), net("1.0.0.3/32")));
    var refused = sets.run(List.of(add("a", net("1.0.0.3/32"), net("1.0.0.4/32"))));
    assertThat(refused.getFirst().errno()).isEqualTo(IpSetErrors.HASH_FULL);
    run(delete("a", net("1.0.0.1/32")), add("a", net("1.0.0.4/32")));
    assertThat(lab.members("a")).containsExactly("1.0.0.2", "1.0.0.3", "1.0.0.4");
  }

  @Test
  void membersOfTheOtherFamilyAreRefused() {
    run(new Create("a", NETS, 0), new Create("b", NETS6, 0));
    assertThat(sets.run(List.of(add("a", net("fd00::1/128")), add("b", net("10.0.0.1/32")))))
        .extracting(IpSetRefusal::errno)
        .containsExactly(IpSetErrors.PROTOCOL, IpSetErrors.PROTOCOL);
  }

  @ParameterizedTest
  @CsvSource({
    "hash:net family inet maxelem 4, false",
    "hash:ip family inet maxelem 3, false",
    "hash:net family inet maxelem 3 timeout 30, false",
    "hash:net family inet6 maxelem 3, true",
    "hash:net family inet maxelem 3, true",
  })
  void createPassesOverASetThatIsTheSameButForTheFamily(String header, boolean passes) {
    lab.restore("create a " + header);
    assertThat(sets.run(List.of(new Create("a", NETS, 0))))
        .extracting(IpSetRefusal::errno)
        .isEqualTo(passes ? List.of() : List.of(Errno.EEXIST));
  }

  @ParameterizedTest
  @CsvSource({
    "hash:net family inet maxelem 7, true",
    "hash:net family inet6 maxelem 3, false",
    "'hash:ip,port family inet maxelem 3', false",
  })
  void onlySetsOfOneTypeAndFamilySwap(String header, boolean swaps) {
    lab.restore("create a hash:net family inet maxelem 3", "create b " + header);
    assertThat(sets.run(List.of(new Swap("a", "b"))))
        .extracting(IpSetRefusal::errno)
        .isEqualTo(swaps ? List.of() : List.of(IpSetErrors.TYPE_MISMATCH));
  }

  @Test
  void aSetInUseCanBeSwappedAndEmptiedButNotDestroyed() {
    run(new Create("a", NETS, 0), new Create("b", NETS, 0), new Create("c", NETS, 0));
    run(add("b", net("10.0.0.1/32")));
    lab.reference("a");
    assertThat(sets.run(List.of(new Destroy("a"), new Destroy("c"))))
        .containsExactly(
            new IpSetRefusal(new Destroy("a"), new Destroy("a") + "", IpSetErrors.BUSY));
    run(new Swap("b", "a"), new Destroy("b"));
    assertThat(lab.members("a")).containsExactly("10.0.0.1");
    run(new Flush("a"));
    assertThat(lab.names()).containsExactly("a");
    assertThat(sets.headers()).containsExactly(new ListedIpSet("a", NETS, 1, 0));
    lab.dereference("a");
    run(new Destroy("a"));
    assertThat(sets.headers()).isEmpty();
  }

  @Test
  void whatIsNotThereIsRefused() {
    run(new Create("a", NETS, 0));
    List<IpSetRequest> requests =
        List.of(
            new Flush("x"),
            new Swap("x", "a"),
            add("x", net("1.0.0.1/32")),
            delete("x", net("1.0.0.1/32")));
    assertThat(sets.run(requests))
        .extracting(IpSetRefusal::errno)
        .containsOnly(Errno.ENOENT)
        .hasSameSizeAs(requests);
    assertThat(sets.run(List.of(new Swap("a", "x"))))
        .extracting(IpSetRefusal::errno)
        .containsExactly(new Errno(4101));
  }

  @Test
  void namesEndAt31Characters() {
    run(new Create("a".repeat(31), NETS, 0));
    assertThat(sets.run(List.of(new Create("a".repeat(32), NETS, 0)))).hasSize(1);
    assertThat(lab.names()).containsExactly("a".repeat(31));
  }

  @Test
  void optionsOfASetAreSeen() {
    lab.restore("create a hash:net family inet maxelem 3 timeout 30", "create b hash:ip maxelem 7");
    assertThat(sets.headers())
        .containsExactlyInAnyOrder(
            new ListedIpSet("a", new IpSetHeader("hash:net", IpVersion.V4, 3, true), 0, 0),
            new ListedIpSet("b", new IpSetHeader("hash:ip", IpVersion.V4, 7, false), 0, 0));
  }

  @Test
  void aSetHasTheSameDigestUntilItsMembersChange() {
    lab.restore("create s hash:net family inet maxelem 100", "add s 10.0.0.1", "add s 10.1.0.0/16");
    long before = digest("s");
    lab.restore("create a hash:net family inet", "create z hash:net family inet");
    IntStream.range(1, 200).forEach(i -> lab.restore("add a 10.0.0." + i));
    lab.reference("s");
    assertThat(digest("s")).as("others come, and rules name it").isEqualTo(before);
    try (IpSets another = lab.connect()) {
      assertThat(digest(another, "s")).as("to another reader").isEqualTo(before);
    }
    lab.restore("swap s z", "swap s z");
    assertThat(digest("s")).as("gone and back").isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add s 10.0.0.3",
        "del s 10.0.0.1",
        "del s 10.0.0.1; add s 10.0.0.3",
        "del s 10.0.0.1; add s 10.0.0.1/31",
        "del s 10.1.0.0/16; add s 10.1.0.0/17",
        "flush s",
        "swap s other",
        "flush s; add s 1.10.0.0; add s 0.0.1.10/16",
      })
  void whateverHappensToMembersTheDigestIsAnother(String lines) {
    lab.restore("create s hash:net family inet maxelem 100", "add s 10.0.0.1", "add s 10.1.0.0/16");
    lab.restore("create other hash:net family inet maxelem 100", "add other 10.0.0.1");
    lab.restore("add other 10.2.0.0/16");
    long before = digest("s");
    lab.restore(lines.split("; ", -1));
    assertThat(digest("s")).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"add p 10.0.0.1,udp:80", "del p 10.0.0.1,tcp:80"})
  void portsAreInTheDigest(String line) {
    lab.restore("create p hash:ip,port family inet maxelem 100", "add p 10.0.0.1,tcp:80");
    long before = digest("p");
    lab.restore(line);
    assertThat(digest("p")).isNotEqualTo(before);
  }

  @Test
  void theDigestOfMembersThatAreNotShownIsTheSame() {
    lab.restore("create s hash:net family inet maxelem 100", "add s 10.0.0.1", "create t hash:net");
    long before = digest("s");
    var members = new DigestReader(true);
    sets.list(() -> set -> set.name().equals("s") ? members : null);
    assertThat(members.digest).isEqualTo(before);
    assertThat(members.shown).isEqualTo(1);
  }

  private long digest(String name) {
    return digest(sets, name);
  }

  private static long digest(IpSets sets, String name) {
    var members = new DigestReader(false);
    sets.list(() -> set -> set.name().equals(name) ? members : null);
    assertThat(members.shown).as("members").isZero();
    assertThat(members.digest).isNotNegative();
    return members.digest;
  }

  private static final class DigestReader implements IpSets.MemberReader {
    private final boolean wantsMembers;
    private int shown;
    private long digest = NO_DIGEST;

    DigestReader(boolean wantsMembers) {
      this.wantsMembers = wantsMembers;
    }

    @Override
    public boolean wantsMembers() {
      return wantsMembers;
    }

    @Override
    public void take(IpSetEntry entry) {
      shown++;
    }

    @Override
    public void end(long ofAll) {
      digest = ofAll;
    }
  }

  @Test
  void ipSetsAreSupported() {
    assertThat(sets.areSupported()).isTrue();
  }

  /** A set, and its members as text. */
  record Listed(ListedIpSet set, Set<String> members) {}

  Map<String, Listed> list() {
    return new TreeMap<>(sets.list(TextReader::new).listed);
  }

  private static final class TextReader implements IpSets.Reader {
    final Map<String, Listed> listed = new TreeMap<>();

    @Override
    public IpSets.MemberReader take(ListedIpSet set) {
      var members = new TreeSet<String>();
      listed.put(set.name(), new Listed(set, members));
      return entry -> members.add(entry.toString());
    }
  }

  void run(IpSetRequest... requests) {
    assertThat(sets.run(List.of(requests))).isEmpty();
  }

  static Members add(String set, IpSetEntry... entries) {
    return new Members(Change.ADD, set, new EntryList(List.of(entries)));
  }

  static Members delete(String set, IpSetEntry... entries) {
    return new Members(Change.DELETE, set, new EntryList(List.of(entries)));
  }

  static IpSetEntry net(String cidr) {
    return EntryList.net(cidr);
  }

  static IpSetEntry port(String ip, int protocol, int port) {
    return EntryList.port(ip, protocol, port);
  }

  /** Requests that add many, as many as may be in each. */
  static List<IpSetRequest> adding(String set, List<IpSetEntry> entries) {
    var requests = new ArrayList<IpSetRequest>();
    for (int from = 0; from < entries.size(); from += Members.MAX_ENTRIES) {
      int to = Math.min(entries.size(), from + Members.MAX_ENTRIES);
      requests.add(
          new Members(Change.ADD, set, new EntryList(List.copyOf(entries.subList(from, to)))));
    }
    return requests;
  }
}
