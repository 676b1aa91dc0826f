package felix.dataplane.ipset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void networksAreWrittenAsTheKernelShowsThem(IpVersion version, String cidr, String text) {
    var format = new MemberFormat(version, IpSetType.NET);
    var member = new IpSetMember.Net(Cidr.parse(cidr));
    assertThat(print(format, format.pack(member))).isEqualTo(text);
    assertThat(format.parse(text)).isEqualTo(format.pack(member));
  }

  @ParameterizedTest
  @CsvSource({
    "V4, 10.0.0.1, tcp, 80, '10.0.0.1,tcp:80'",
    "V4, 255.0.0.1, udp, 65535, '255.0.0.1,udp:65535'",
    "V4, 10.0.0.1, sctp, 1, '10.0.0.1,sctp:1'",
    "V6, fd00::1, tcp, 80, 'fd00::1,tcp:80'",
    "V6, ffff::, udplite, 8080, 'ffff::,udplite:8080'",
  })
  void portsAreWrittenAsTheKernelShowsThem(
      IpVersion version, String ip, String protocol, int port, String text) {
    var format = new MemberFormat(version, IpSetType.IP_PORT);
    var member = new IpSetMember.Port(Ip.parse(ip), Protocol.ofName(protocol), port);
    assertThat(print(format, format.pack(member))).isEqualTo(text);
    assertThat(format.parse(text)).isEqualTo(format.pack(member));
  }

  @Test
  void aProtocolByNumberIsTheSameMember() {
    var format = new MemberFormat(IpVersion.V4, IpSetType.IP_PORT);
    assertThat(format.parse("10.0.0.1,6:80")).isEqualTo(format.parse("10.0.0.1,tcp:80"));
  }

  @ParameterizedTest
  @CsvSource({
    "V4, NET, ''",
    "V4, NET, 10.0.0.0/8 nomatch",
    "V4, NET, fd00::1",
    "V4, NET, '10.0.0.1,tcp:80'",
    "V4, IP_PORT, 10.0.0.1",
    "V4, IP_PORT, '10.0.0.1,tcp:65536'",
    "V4, IP_PORT, '10.0.0.1,icmp:echo-request'",
    "V4, IP_PORT, '10.0.0.1,tcp'",
    "V6, IP_PORT, '10.0.0.1,tcp:80'",
  })
  void whatCannotBeAMemberIsRefused(IpVersion version, IpSetType type, String text) {
    assertThatThrownBy(() -> new MemberFormat(version, type).parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String print(MemberFormat format, long[] member) {
    var text = new StringBuilder();
    format.print(member, text);
    return text.toString();
  }
}
