package felix.dataplane.ipset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import felix.dataplane.reconcile.KernelException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpSetListingTest {
  private static final String REAL =
      """
      Name: a
      Type: hash:net
      Revision: 7
      Header: family inet hashsize 1024 maxelem 3 bucketsize 12 initval 0xa14f9c8a
      Size in memory: 552
      References: 2
      Number of entries: 2
      Members:
      10.0.0.0/8
      10.0.0.1

      Name: b
      Type: hash:ip,port
      Revision: 7
      Header: family inet6 hashsize 1024 maxelem 100 timeout 30 bucketsize 12 initval 0x02e52572
      Size in memory: 520
      References: 0
      Number of entries: 0
      Members:

      Name: c
      Type: list:set
      Revision: 3
      Header: size 8
      Size in memory: 80
      References: 0
      Number of entries: 1
      Members:
      a
      """;

  @Test
  void whatTheToolPrintsIsRead() {
    var sets = IpSetListing.parse(REAL, false, name -> !name.equals("c"));
    assertThat(sets.keySet()).containsExactly("a", "b");
    assertThat(sets.get("a"))
        .isEqualTo(
            new ListedSet(
                "a", new SetHeader("hash:net", "inet", 3, Set.of()), 2, "10.0.0.0/8\n10.0.0.1\n"));
    assertThat(sets.get("b"))
        .isEqualTo(
            new ListedSet(
                "b", new SetHeader("hash:ip,port", "inet6", 100, Set.of("timeout", "30")), 0, ""));
  }

  @Test
  void whatIsOddAboutSetsOfOthersDoesNotMatter() {
    // Members that time out while the kernel lists them are still in the number of entries.
    String expiring = REAL.replace("Number of entries: 0", "Number of entries: 5");
    String unheardOf = expiring.replace("Header: size 8", "Header: maxelem unlimited");
    assertThat(IpSetListing.parse(unheardOf, false, "a"::equals).keySet()).containsExactly("a");
    assertThatThrownBy(() -> IpSetListing.parse(unheardOf, false, "b"::equals))
        .hasMessageContaining("not all members");
  }

  @Test
  void noOutputIsNoSets() {
    assertThat(IpSetListing.parse("", false, name -> true)).isEmpty();
  }

  @Test
  void aTextThatIsCutShortIsRefusedOrEndsBetweenSets() {
    for (int length = 0; length < REAL.length(); length++) {
      String cut = REAL.substring(0, length);
      List<String> names;
      try {
        names = List.copyOf(IpSetListing.parse(cut, false, name -> true).keySet());
      } catch (KernelException e) {
        continue;
      }
      String rest = REAL.substring(length).stripLeading();
      assertThat(rest).as("after %s", names).matches("(?s)Name: [abc]\n.*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n",
        "\n",
        "ipset v7.17: Kernel error received: Operation not permitted\n",
        "Name: a\nName: b\n",
        "Name: a\nType: hash:net\nHeader: family inet\nReferences: many\nMembers:\n",
        "Name: a\nType: hash:net\nHeader: family inet maxelem few\nReferences: 0\nMembers:\n",
        "Name: a\nType: hash:net\nHeader: family inet maxelem\nReferences: 0\nMembers:\n",
        "Name: a\nType: hash:net\nReferences: 0\nMembers:\n",
        "Name: a\nType: hash:net\nHeader: family inet\nReferences: 0\n",
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> IpSetListing.parse(text, false, name -> true))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("ipset list");
  }
}
