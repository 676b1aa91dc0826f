package felix.health;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What systemd listens to, by other code than ours: Perl's. */
public final class NotifySocket implements AutoCloseable {
  private static final String SCRIPT =
      """
      $| = 1;
      my $s;
      socket($s, AF_UNIX, SOCK_DGRAM, 0) && bind($s, pack_sockaddr_un($ARGV[0])) || die $!;
      print "bound\\n";
      while (defined recv($s, my $got, 4096, 0)) { $got =~ s/\\n/|/g; print "$got\\n"; }
      """;

  private final Process receiver;
  private final Path path;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  public NotifySocket(Path path) throws IOException {
    this.path = path;
    receiver = new ProcessBuilder("perl", "-MSocket", "-e", SCRIPT, path.toString()).start();
    BufferedReader output = receiver.inputReader(StandardCharsets.UTF_8);
    if (!"bound".equals(output.readLine())) {
      throw new IOException("nobody listens at " + path);
    }
    Thread.ofPlatform().daemon().start(() -> output.lines().forEach(received::add));
  }

  public Path path() {
    return path;
  }

  /** All datagrams so far, with | for line ends. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** How many of them hold this. */
  public long count(String part) {
    return received.stream().filter(datagram -> datagram.contains(part)).count();
  }

  @Override
  public void close() {
    receiver.destroyForcibly().onExit().join();
  }
}
