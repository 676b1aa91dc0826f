package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A table of tracked connections as the kernel keeps it: one entry an original tuple and zone. */
public final class FakeConntrack implements Conntrack, ConntrackLab {
  private record Key(ConntrackTuple original, int zone) {}

  private final Map<Key, ConntrackEntry> entries = new LinkedHashMap<>();
  private int lastId;
  private int lists;
  private int failures;
  private Errno refusal = new Errno(0);
  private Runnable onList = () -> {};

  /** How often anything was listed. */
  public int lists() {
    return lists;
  }

  /** Calls somebody whenever anything is listed. */
  public void listen(Runnable listener) {
    onList = listener;
  }

  /** Lets the next lists fail. */
  public void failLists(int count) {
    failures = count;
  }

  /** Refuses to delete; with the number 0 no more. */
  public void refuseDeletions(Errno errno) {
    refusal = errno;
  }

  @Override
  public Conntrack connect() {
    return this;
  }

  @Override
  public void add(ConntrackTuple original, ConntrackTuple reply, int zone) {
    if (entries.values().stream().anyMatch(e -> e.zone() == zone && e.reply().equals(reply))) {
      throw new AssertionError("EEXIST: another has the reply " + reply);
    }
    lastId++;
    entries.put(new Key(original, zone), new ConntrackEntry(original, reply, zone, 0, lastId));
  }

  @Override
  public List<ConntrackEntry> list(IpVersion version, Predicate<ConntrackEntry> which) {
    lists++;
    onList.run();
    if (failures > 0) {
      failures--;
      throw new KernelException("list connections " + version, "refused: EPERM");
    }
    return entries.values().stream()
        .filter(entry -> entry.version() == version && which.test(entry))
        .toList();
  }

  @Override
  public List<ConntrackEntry> sentBy(IpVersion version, Set<Ip> addresses) {
    return list(version, entry -> addresses.stream().anyMatch(entry::isSentBy));
  }

  @Override
  public List<Kept> delete(List<ConntrackEntry> superfluous) {
    var kept = new ArrayList<Kept>();
    for (var entry : superfluous) {
      var key = new Key(entry.original(), entry.zone());
      ConntrackEntry held = entries.get(key);
      if (refusal.number() != 0) {
        kept.add(new Kept(entry, refusal, ""));
      } else if (held != null && held.id() == entry.id()) {
        entries.remove(key);
      }
    }
    return kept;
  }

  @Override
  public void close() {}
}
