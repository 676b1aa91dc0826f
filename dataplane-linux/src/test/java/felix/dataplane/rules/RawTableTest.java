package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.rules.PacketWalk.Verdict;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTableTest {
  private static final int FOREIGN_BIT = 1;

  @ParameterizedTest
  @CsvSource({
    "cali1, true, DROP",
    "cali1, false, UNDECIDED",
    "eth0, true, UNDECIDED",
    "eth0, false, UNDECIDED"
  })
  void workloadsCannotSendFromAddressesThatAreNotTheirs(
      String in, boolean reversePathFails, Verdict verdict) {
    var settings = RuleSettings.defaults();
    var chains = new HostChains(Scenario.parse(""), settings, IpVersion.V4).table(Table.RAW);
    var packet =
        new Packet(
            Ip.parse("10.0.0.1"),
            Ip.parse("10.0.0.2"),
            new Packet.Payload(6, 1, 1, 0, 0),
            new Packet.Way(in, null, Packet.Connection.NEW, reversePathFails));
    int leftOver = settings.marks().accept() | FOREIGN_BIT;
    var outcome =
        new PacketWalk(chains, new SetMembers(Map.of()), IpVersion.V4)
            .from("PREROUTING", packet, leftOver);
    assertThat(outcome.verdict()).isEqualTo(verdict);
    assertThat(outcome.mark() & settings.marks().accept()).isZero();
    assertThat(outcome.mark() & FOREIGN_BIT).isEqualTo(FOREIGN_BIT);
  }
}
