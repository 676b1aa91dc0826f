package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a name server that knows what a test tells it. */
@Timeout(60)
class SrvRecordsTest {
  private static final int SRV = 33;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket server;
  private volatile Map<String, List<String>> known = Map.of();

  SrvRecordsTest() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::serve, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<URI> endpoints(boolean secure) {
    return new SrvRecords("dns://127.0.0.1:" + server.getLocalPort())
        .endpoints(new EtcdMembers.Discovered("example.org", secure));
  }

  @Test
  void secureMembersComeAlone() {
    known =
        Map.of(
            "_etcd-client-ssl._tcp.example.org",
                List.of("a.example.org:2379", "b.example.org:2380"),
            "_etcd-client._tcp.example.org", List.of("c.example.org:2379"));

    assertThat(endpoints(false))
        .containsExactlyInAnyOrder(
            URI.create("https://a.example.org:2379"), URI.create("https://b.example.org:2380"));
  }

  @Test
  void plainMembersCountOnlyWhereNothingAsksForTls() {
    known = Map.of("_etcd-client._tcp.example.org", List.of("c.example.org:2379"));

    assertThat(endpoints(false)).containsExactly(URI.create("http://c.example.org:2379"));
    assertThatThrownBy(() -> endpoints(true))
        .isInstanceOf(EtcdFailure.class)
        .hasMessageContaining("no SRV records _etcd-client-ssl._tcp.example.org");
  }

  @Test
  void aDomainWithoutRecordsIsAFailureToTryAgain() {
    assertThatThrownBy(() -> endpoints(false))
        .isInstanceOf(EtcdFailure.class)
        .hasMessageContaining("example.org");
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!server.isClosed()) {
      try {
        var question = new DatagramPacket(buffer, buffer.length);
        server.receive(question);
        byte[] answer = answer(buffer, question.getLength());
        server.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      } catch (IOException e) {
        // closed: the end of the test
      }
    }
  }

  /** RFC 1035, section 4, and RFC 2782. */
  private byte[] answer(byte[] question, int length) throws IOException {
    var name = new StringBuilder();
    int at = 12;
    while (question[at] != 0) {
      name.append(name.isEmpty() ? "" : ".");
      name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
      at += question[at] + 1;
    }
    List<String> targets = known.get(name.toString());
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8180 | (targets == null ? NO_SUCH_NAME : 0));
    out.writeShort(1);
    out.writeShort(targets == null ? 0 : targets.size());
    out.writeInt(0);
    out.write(question, 12, at + 5 - 12);
    for (String target : targets == null ? List.<String>of() : targets) {
      record(out, target);
    }
    assertThat(length).isGreaterThanOrEqualTo(at + 5);
    return bytes.toByteArray();
  }

  private static void record(DataOutputStream out, String target) throws IOException {
    String[] hostAndPort = target.split(":", -1);
    var name = new ByteArrayOutputStream();
    for (String label : hostAndPort[0].split("\\.", -1)) {
      name.write(label.length());
      name.write(label.getBytes(StandardCharsets.US_ASCII));
    }
    name.write(0);
    out.writeShort(0xc00c);
    out.writeShort(SRV);
    out.writeShort(1);
    out.writeInt(60);
    out.writeShort(6 + name.size());
    out.writeInt(0);
    out.writeShort(Integer.parseInt(hostAndPort[1]));
    name.writeTo(out);
  }
}
