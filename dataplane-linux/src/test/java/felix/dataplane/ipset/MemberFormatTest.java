package felix.dataplane.ipset;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.IpSetEntry;
import felix.delta.IpSetMember;
import felix.delta.IpSetType;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberFormatTest {
  @ParameterizedTest
  @CsvSource({
    "V4, 10.0.0.1/32, 10.0.0.1",
    "V4, 10.1.2.3/8, 10.0.0.0/8",
    "V4, 128.0.0.0/1, 128.0.0.0/1",
    "V4, 255.255.255.255, 255.255.255.255",
    "V6, fd00::1/128, fd00::1",
    "V6, fd00:0:0:0:1::/80, fd00::1:0:0:0/80",
    "V6, ::/1, ::/1",
    "V6, ffff::/16, ffff::/16",
  })
  void networksAreUnpackedAsTheyWerePacked(IpVersion version, String cidr, String text) {
    check(new MemberFormat(version, IpSetType.NET), new IpSetMember.Net(Cidr.parse(cidr)), text);
  }

  @ParameterizedTest
  @CsvSource({
    "V4, 10.0.0.1, tcp, 80, '10.0.0.1,tcp:80'",
    "V4, 255.0.0.1, udp, 65535, '255.0.0.1,udp:65535'",
    "V4, 10.0.0.1, sctp, 1, '10.0.0.1,sctp:1'",
    "V6, fd00::1, tcp, 80, 'fd00::1,tcp:80'",
    "V6, ffff::, udplite, 8080, 'ffff::,udplite:8080'",
  })
  void portsAreUnpackedAsTheyWerePacked(
      IpVersion version, String ip, String protocol, int port, String text) {
    check(
        new MemberFormat(version, IpSetType.IP_PORT),
        new IpSetMember.Port(Ip.parse(ip), Protocol.ofName(protocol), port),
        text);
  }

  private static void check(MemberFormat format, IpSetMember member, String text) {
    var packed = new long[format.words()];
    format.pack(member, packed);
    var entry = new IpSetEntry();
    format.unpack(packed, 0, entry);
    assertThat(entry).hasToString(text);
    var again = new long[format.words()];
    assertThat(format.pack(entry, again)).isTrue();
    assertThat(again).isEqualTo(packed);
  }

  @Test
  void whatIsOfAnotherKindOrFamilyIsNoMember() {
    var nets = new MemberFormat(IpVersion.V4, IpSetType.NET);
    var ports = new MemberFormat(IpVersion.V4, IpSetType.IP_PORT);
    var words = new long[3];
    var entry = new IpSetEntry();
    entry.setNet(IpVersion.V6, 1, 2, 64);
    assertThat(nets.pack(entry, words)).isFalse();
    entry.setNet(IpVersion.V4, 0, 2, 0);
    assertThat(nets.pack(entry, words)).as("/0").isFalse();
    entry.setNet(IpVersion.V4, 0, 2, 33);
    assertThat(nets.pack(entry, words)).as("/33").isFalse();
    entry.setNet(IpVersion.V4, 0, 2, 32);
    assertThat(ports.pack(entry, words)).isFalse();
    entry.setPort(IpVersion.V4, 0, 2, 6, 80);
    assertThat(nets.pack(entry, words)).isFalse();
  }
}
