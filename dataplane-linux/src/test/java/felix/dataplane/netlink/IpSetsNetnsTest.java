package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.IpSetRequest.Create;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class IpSetsNetnsTest extends IpSetsContract {
  private static final long SEED = Long.getLong("test.seed", 20_260_101L);

  @Override
  protected IpSetLab lab() {
    return new KernelIpSetLab();
  }

  @Test
  void aRefusalNamesTheMember() {
    lab.restore("create a hash:net family inet maxelem 2");
    var refused =
        sets.run(List.of(add("a", net("1.0.0.1/32"), net("1.0.0.2/32"), net("1.0.0.3/32"))));
    assertThat(refused.getFirst().toException())
        .hasMessage("ipset add 1.0.0.3: a: the set is full (errno 4352)");
  }

  @Test
  void oneRefusalAmongManyRequestsIsFound() {
    lab.restore("create a hash:net family inet maxelem 100000", "create b hash:net maxelem 9");
    var requests = new ArrayList<IpSetRequest>();
    requests.addAll(adding("a", nets(10, 5_000)));
    requests.add(add("b", net("1.0.0.1/32"), net("0.0.0.0/0")));
    requests.addAll(adding("a", nets(11, 5_000)));
    assertThat(sets.run(requests))
        .extracting(IpSetRefusal::what)
        .containsExactly("add 0.0.0.0/0: b");
    assertThat(sets.headers().stream().mapToInt(ListedIpSet::size).sum()).isEqualTo(10_001);
  }

  /** Longer than any datagram: the kernel lists it in parts. */
  @Test
  void theProgramListsTheSameHundredThousandMembers() {
    for (var version : IpVersion.values()) {
      var entries = new EntryGenerator(new Random(SEED)).distinct(version, 100_000);
      String name = "big" + version.number();
      var header = new IpSetHeader("hash:ip,port", version, 200_000, false);
      run(new Create(name, header, 0));
      assertThat(sets.run(adding(name, entries))).isEmpty();

      var expected = new TreeSet<String>();
      entries.forEach(entry -> expected.add(entry.toString()));
      assertThat(lab.members(name)).as("seed %d", SEED).hasSize(100_000).isEqualTo(expected);
      assertThat(list().get(name))
          .isEqualTo(new Listed(new ListedIpSet(name, header, 0, 100_000), expected));
    }
  }

  private static List<IpSetEntry> nets(int first, int count) {
    var entries = new ArrayList<IpSetEntry>();
    for (int i = 0; i < count; i++) {
      entries.add(net("%d.%d.%d.%d/32".formatted(first, i >> 16, i >> 8 & 255, i & 255)));
    }
    return entries;
  }
}
