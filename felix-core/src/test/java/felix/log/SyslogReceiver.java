package felix.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Somebody else's program at the other end of {@code /dev/log}: Perl. */
final class SyslogReceiver implements AutoCloseable {
  private static final String SCRIPT =
      """
      $| = 1;
      unlink $ARGV[0];
      my $s;
      socket($s, AF_UNIX, SOCK_DGRAM, 0) && bind($s, pack_sockaddr_un($ARGV[0])) || die $!;
      print "bound\\n";
      while (1) { recv($s, my $got, 65536, 0); print unpack("H*", $got), "\\n"; }
      """;

  private final Process process;
  private final BufferedReader output;

  SyslogReceiver(Path socket) throws IOException {
    process = new ProcessBuilder("perl", "-MSocket", "-e", SCRIPT, socket.toString()).start();
    output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("bound");
  }

  String next() throws IOException {
    return new String(HexFormat.of().parseHex(output.readLine()), StandardCharsets.UTF_8);
  }

  List<String> next(int count) throws IOException {
    var datagrams = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      datagrams.add(next());
    }
    return datagrams;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
