package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists and deletions over a socket. */
final class KernelConntrack implements Conntrack {
  /**
   * Up to so many addresses the kernel is asked for each, twice: it looks through its table without
   * writing it out. For more, one list of everything costs less (docs/decisions.md).
   */
  private static final int ASKED_ONE_BY_ONE = 3;

  private final Exchanges exchanges;

  KernelConntrack(Conversation.Opener opener) {
    this.exchanges = new Exchanges(opener);
  }

  @Override
  public List<ConntrackEntry> list(IpVersion version, Predicate<ConntrackEntry> which) {
    return dump(
        "connections " + version,
        out -> ConntrackCodec.encodeDump(version, out),
        entry -> entry.version() == version && which.test(entry));
  }

  @Override
  public List<ConntrackEntry> sentBy(IpVersion version, Set<Ip> addresses) {
    if (addresses.size() > ASKED_ONE_BY_ONE) {
      return list(
          version,
          entry ->
              addresses.contains(entry.original().source())
                  || addresses.contains(entry.reply().source()));
    }
    var entries = new ArrayList<ConntrackEntry>();
    for (Ip address : addresses) {
      for (var sender : ConntrackCodec.Sender.values()) {
        // The kernel may not know such filters, and list everything.
        entries.addAll(
            dump(
                "connections of " + address,
                out -> ConntrackCodec.encodeDump(address, sender, out),
                entry -> entry.isSentBy(address)));
      }
    }
    return entries.stream().distinct().toList();
  }

  @Override
  public List<Kept> delete(List<ConntrackEntry> entries) {
    return exchanges.batches(entries, ConntrackCodec::encodeDelete).stream()
        .filter(failed -> !failed.code().errno().equals(Errno.ENOENT))
        .map(failed -> new Kept(failed.request(), failed.code().errno(), failed.code().words()))
        .toList();
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private List<ConntrackEntry> dump(
      String what, Consumer<MessageWriter> body, Predicate<ConntrackEntry> which) {
    return exchanges.dump(what, ConntrackCodec.GET, body, message -> read(message, which));
  }

  private static @Nullable ConntrackEntry read(
      RawMessage message, Predicate<ConntrackEntry> which) {
    ConntrackEntry entry =
        message.type() == ConntrackCodec.NEW ? ConntrackCodec.decode(message.body()) : null;
    return entry != null && which.test(entry) ? entry : null;
  }
}
