package felix.log;

import felix.unix.UnixDatagramSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The host's syslog: datagrams as its own library sends them (RFC 3164, section 4.1, without a host
 * name), to whoever holds the socket at that moment. What it takes too long for is lost.
 */
final class Syslog implements Target {
  static final Path SOCKET = Path.of("/dev/log");

  static final String NAME = "syslog";

  /** Facility "user", as Felix's. */
  private static final int FACILITY = 1 << 3;

  /** Bytes of text in a datagram; any syslog takes twice as much. */
  private static final int LONGEST = 2_000;

  /** Where systemd's journal takes what is for syslog (systemd-journald.service(8)). */
  private static final Path OF_JOURNAL = Path.of("/run/systemd/journal/dev-log");

  private static final int TRIES = 6;
  private static final long PAUSE = Duration.ofMillis(20).toNanos();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  private final Path socket;
  private final String tag = "calico-felix[%d]: ".formatted(ProcessHandle.current().pid());
  private @Nullable UnixDatagramSender sender;
  private boolean wasTaken;

  Syslog(Path socket) {
    this.socket = socket;
  }

  /** Whether the journal holds a socket of syslog. */
  static boolean isJournal(Path socket) {
    try {
      return Files.isSameFile(socket, OF_JOURNAL);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void write(LogLine line) throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException("there is no " + socket);
    }
    var head = "<%d>%s %s".formatted(FACILITY + line.severity().syslog(), time(line), tag);
    var first = new StringBuilder();
    Layout.appendRest(first, line);
    send(head, first.toString());
    for (String frame : line.stack()) {
      send(head, frame.replace("\t", "  "));
    }
  }

  /** In local time, by which syslog sorts. */
  private static String time(LogLine line) {
    return TIME.format(Instant.ofEpochMilli(line.epochMillis()).atZone(ZoneId.systemDefault()));
  }

  /** In pieces, of which all but the first begin with three dots. */
  private void send(String head, String text) throws IOException {
    int start = 0;
    while (start < text.length()) {
      int end = end(text, start);
      String piece = (start == 0 ? "" : "… ") + text.substring(start, end);
      send((head + piece).getBytes(StandardCharsets.UTF_8));
      start = end;
    }
  }

  /** The kernel keeps ten datagrams or a few more, which a stack of ours exceeds. */
  private void send(byte[] datagram) throws IOException {
    UnixDatagramSender open = open();
    for (int tries = wasTaken ? TRIES : 1; ; tries--) {
      try {
        open.send(datagram);
        wasTaken = true;
        return;
      } catch (IOException e) {
        if (tries == 1) {
          wasTaken = false;
          throw e;
        }
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  /** As far as it fits, and not within a character. */
  private static int end(String text, int start) {
    int end = start;
    int bytes = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > LONGEST) {
        return end;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  private UnixDatagramSender open() throws IOException {
    UnixDatagramSender open = sender;
    if (open == null) {
      open = UnixDatagramSender.to(socket.toString());
      sender = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.close();
      sender = null;
    }
  }
}
