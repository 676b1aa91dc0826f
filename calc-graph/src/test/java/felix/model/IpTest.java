package felix.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "FD00:0:0:0:0:0:0:1, fd00::1",
    "fd00:0:0:1::, fd00:0:0:1::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "::ffff:10.0.0.1, ::ffff:a00:1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0"
  })
  void isWrittenAsRfc5952Says(String text, String written) {
    assertThat(Ip.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "01.2.3.4",
        "1.2.3.4 ",
        "1..2.3",
        "1.2.3.4/32",
        "localhost",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::12345",
        "::g",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4::",
        "::1.2.3",
        "fe80::1%eth0",
        "\u0661.2.3.4"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Ip.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textAndBytesComeBackAsTheSameAddress() throws UnknownHostException {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      Ip ip = randomIp(random);
      assertThat(Ip.parse(ip.toString())).isEqualTo(ip);
      assertThat(Ip.ofBytes(ip.toBytes())).isEqualTo(ip);
      assertThat(InetAddress.getByName(ip.toString()))
          .isEqualTo(InetAddress.getByAddress(ip.toBytes()));
    }
  }

  @Test
  void maskClearsAllButThePrefix() {
    var random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      Ip ip = randomIp(random);
      int bits = ip.version().bits();
      int prefix = random.nextInt(bits + 1);
      BigInteger hostBits = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);

      assertThat(number(ip.masked(prefix))).isEqualTo(number(ip).andNot(hostBits));
    }
  }

  @Test
  void networkContainsWhatSharesItsPrefix() {
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      Ip ip = randomIp(random);
      Ip other = randomIp(random);
      int prefix = random.nextInt(5);
      var network = new Cidr(ip, prefix);
      boolean same =
          ip.version() == other.version() && ip.masked(prefix).equals(other.masked(prefix));

      assertThat(network.contains(ip)).isTrue();
      assertThat(network.contains(other)).isEqualTo(same);
      assertThat(network.contains(other.toCidr())).isEqualTo(same);
      assertThat(Cidr.parse(network.toString())).isEqualTo(network);
    }
  }

  @Test
  void addressesSortByFamilyThenUnsignedNumber() {
    var random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      Ip a = randomIp(random);
      Ip b = randomIp(random);
      int expected =
          a.version() == b.version()
              ? number(a).compareTo(number(b))
              : a.version().compareTo(b.version());

      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "10.1.2.3, 10.1.2.3/32",
    "fd00::1, fd00::1/128",
    "fd00::1/64, fd00::/64",
    "0.0.0.0/0, 0.0.0.0/0",
    "1.2.3.4/032, 1.2.3.4/32"
  })
  void networkLosesItsHostBits(String text, String written) {
    assertThat(Cidr.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "/8",
        "10.0.0.0/+8"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Ip randomIp(Random random) {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // Runs of zeros, which the text leaves out.
      bytes[i] = random.nextInt(2) == 0 ? 0 : bytes[i];
    }
    // InetAddress turns an IPv4 address in IPv6 clothes into an IPv4 address.
    if (bytes.length == 16) {
      bytes[0] = (byte) 0xfd;
    }
    return Ip.ofBytes(bytes);
  }

  private static BigInteger number(Ip ip) {
    return new BigInteger(1, ip.toBytes());
  }
}
