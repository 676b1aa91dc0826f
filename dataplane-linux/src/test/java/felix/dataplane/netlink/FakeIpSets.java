package felix.dataplane.netlink;

import felix.dataplane.netlink.IpSetRequest.Change;
import felix.dataplane.netlink.IpSetRequest.Create;
import felix.dataplane.netlink.IpSetRequest.Destroy;
import felix.dataplane.netlink.IpSetRequest.Flush;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.dataplane.netlink.IpSetRequest.Swap;
import felix.dataplane.reconcile.KernelException;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import felix.model.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's IP sets in memory: with limits, references, and the habit that a request stops at
 * its first bad member. {@code IpSetsContract} holds it to the kernel.
 */
public final class FakeIpSets implements IpSets, IpSetLab {
  private static final Errno ERANGE = new Errno(34);
  private static final Errno NO_OTHER_SET = new Errno(4101);
  private static final Errno BAD_PREFIX = new Errno(4104);
  private static final int MAX_ENTRY_BYTES = 100;

  private final Map<String, FakeSet> sets = new TreeMap<>();
  private final Set<String> referenced = new HashSet<>();
  private final List<List<String>> runs = new ArrayList<>();
  private Supplier<? extends Collection<String>> rules = List::of;
  private int breaks;
  private int refusals;
  private int badLists;

  private record FakeSet(IpSetHeader header, Set<String> members) {}

  /** What the kernel refuses. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    final transient Errno errno;

    Refused(Errno errno) {
      super(errno.toString());
      this.errno = errno;
    }
  }

  /** Where the names come from that rules hold. */
  public void rulesName(Supplier<? extends Collection<String>> names) {
    rules = names;
  }

  /** Has so many of the next runs break off half-way. */
  public void breakRuns(int count) {
    breaks = count;
  }

  /** Has so many of the next requests refused. */
  public void refuse(int count) {
    refusals = count;
  }

  /** Has so many of the next lists fail. */
  public void failLists(int count) {
    badLists = count;
  }

  /** All that was asked so far, a list of lines for each run. */
  public List<List<String>> runs() {
    return Collections.unmodifiableList(runs);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(sets.keySet());
  }

  @Override
  public @Nullable Set<String> members(String name) {
    FakeSet set = sets.get(name);
    return set == null ? null : set.members;
  }

  @Override
  public void reference(String name) {
    referenced.add(name);
  }

  @Override
  public void dereference(String name) {
    referenced.remove(name);
  }

  @Override
  public void restore(String... lines) {
    for (String line : lines) {
      if (!attempt(line)) {
        throw new AssertionError(line);
      }
    }
  }

  /** Runs a line that may be refused; false if it is. */
  public boolean attempt(String line) {
    String[] words = line.split(" ", -1);
    try {
      switch (words[0]) {
        case "create" -> create(words[1], header(words));
        case "add" -> change(Change.ADD, words[1], entry(words[2]));
        case "del" -> change(Change.DELETE, words[1], entry(words[2]));
        case "flush" -> set(words[1]).members.clear();
        case "destroy" -> destroy(words[1]);
        case "swap" -> swap(words[1], words[2]);
        default -> throw new AssertionError(line);
      }
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  @Override
  public void close() {}

  @Override
  public IpSets connect() {
    return this;
  }

  @Override
  public boolean areSupported() {
    return true;
  }

  @Override
  public <R extends Reader> R list(Supplier<R> readers) {
    failIfTold();
    R reader = readers.get();
    sets.forEach(
        (name, set) -> {
          MemberReader members = reader.take(listed(name, set));
          if (members != null) {
            if (members.wantsMembers()) {
              set.members.forEach(member -> members.take(entry(member)));
            }
            members.end(digest(set.members));
          }
        });
    return reader;
  }

  private static long digest(Set<String> members) {
    var digest = new MembersDigest();
    var bytes = ByteBuffer.allocate(MAX_ENTRY_BYTES);
    digest.begin();
    for (String member : members) {
      IpSetMemberCodec.encode(entry(member), 0, new MessageWriter(bytes.clear()));
      digest.add(bytes.flip());
    }
    return digest.end();
  }

  @Override
  public List<ListedIpSet> headers() {
    failIfTold();
    return sets.entrySet().stream().map(set -> listed(set.getKey(), set.getValue())).toList();
  }

  @Override
  public List<IpSetRefusal> run(List<IpSetRequest> requests) {
    boolean breaksOff = breaks-- > 0;
    var lines = new ArrayList<String>();
    var refused = new ArrayList<IpSetRefusal>();
    for (var request : requests.subList(0, requests.size() / (breaksOff ? 2 : 1))) {
      try {
        if (refusals-- > 0) {
          throw new Refused(new Errno(1));
        }
        lines.addAll(execute(request));
      } catch (Refused e) {
        refused.add(new IpSetRefusal(request, request.toString(), e.errno));
      }
    }
    runs.add(lines);
    if (breaksOff) {
      throw new KernelException("ipset", "no answer in time");
    }
    return refused;
  }

  private void failIfTold() {
    if (badLists-- > 0) {
      throw new KernelException("list ipsets", "interrupted 10 times");
    }
  }

  private List<String> execute(IpSetRequest request) throws Refused {
    switch (request) {
      case Create(String name, IpSetHeader header, int expected) -> create(name, header);
      case Flush(String name) -> set(name).members.clear();
      case Swap(String name, String other) -> swap(name, other);
      case Destroy(String name) -> destroy(name);
      case Members(Change change, String name, IpSetRequest.Entries entries) -> {
        var lines = new ArrayList<String>();
        var entry = new IpSetEntry();
        for (int i = 0; i < entries.count(); i++) {
          entries.read(i, entry);
          change(change, name, entry);
          lines.add(change + " " + name + " " + entry);
        }
        return lines;
      }
    }
    return List.of(request.toString());
  }

  private void create(String name, IpSetHeader header) throws Refused {
    if (name.length() > 31) {
      throw new Refused(ERANGE);
    }
    FakeSet old = sets.putIfAbsent(name, new FakeSet(header, new TreeSet<>()));
    if (old != null && !isLike(old.header, header)) {
      throw new Refused(Errno.EEXIST);
    }
  }

  /** The family does not count. */
  private static boolean isLike(IpSetHeader one, IpSetHeader other) {
    return one.type().equals(other.type())
        && one.maxSize() == other.maxSize()
        && one.hasOptions() == other.hasOptions();
  }

  private void change(Change change, String name, IpSetEntry entry) throws Refused {
    FakeSet set = set(name);
    if (entry.version() != set.header.version()) {
      throw new Refused(IpSetErrors.PROTOCOL);
    }
    if (entry.prefixLength() == 0) {
      throw new Refused(BAD_PREFIX);
    }
    String member = entry.toString();
    switch (change) {
      case ADD -> {
        if (!set.members.contains(member) && set.members.size() >= set.header.maxSize()) {
          throw new Refused(IpSetErrors.HASH_FULL);
        }
        set.members.add(member);
      }
      case DELETE -> set.members.remove(member);
    }
  }

  private void swap(String one, String other) throws Refused {
    FakeSet first = set(one);
    FakeSet second = sets.get(other);
    if (second == null) {
      throw new Refused(NO_OTHER_SET);
    }
    if (!first.header.isSwappableWith(second.header)) {
      throw new Refused(IpSetErrors.TYPE_MISMATCH);
    }
    sets.put(one, second);
    sets.put(other, first);
  }

  private void destroy(String name) throws Refused {
    if (isReferenced(name)) {
      throw new Refused(IpSetErrors.BUSY);
    }
    sets.remove(name);
  }

  private boolean isReferenced(String name) {
    return referenced.contains(name) || rules.get().contains(name);
  }

  private FakeSet set(String name) throws Refused {
    FakeSet set = sets.get(name);
    if (set == null) {
      throw new Refused(Errno.ENOENT);
    }
    return set;
  }

  private ListedIpSet listed(String name, FakeSet set) {
    return new ListedIpSet(name, set.header, isReferenced(name) ? 1 : 0, set.members.size());
  }

  private static IpSetHeader header(String[] words) {
    List<String> list = List.of(words);
    int size = list.indexOf("maxelem");
    return new IpSetHeader(
        words[2],
        list.contains("inet6") ? IpVersion.V6 : IpVersion.V4,
        size < 0 ? 65_536 : Integer.parseInt(words[size + 1]),
        list.contains("timeout"));
  }

  /** From what {@code ipset} prints. */
  private static IpSetEntry entry(String text) {
    var entry = new IpSetEntry();
    int comma = text.indexOf(',');
    if (comma < 0) {
      Cidr cidr = Cidr.parse(text);
      Ip ip = cidr.address();
      entry.setNet(ip.version(), ip.high(), ip.low(), cidr.prefixLength());
    } else {
      Ip ip = Ip.parse(text.substring(0, comma));
      int colon = text.indexOf(':', comma);
      int protocol = Protocol.parse(text.substring(comma + 1, colon)).number();
      int port = Integer.parseInt(text.substring(colon + 1));
      entry.setPort(ip.version(), ip.high(), ip.low(), protocol, port);
    }
    return entry;
  }
}
