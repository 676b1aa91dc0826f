package felix.dataplane.netlink;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets as they are, and how many members were decoded for those who list them. */
public final class CountingIpSets implements IpSets {
  private final IpSets sets;
  private long shown;

  public CountingIpSets(IpSets sets) {
    this.sets = sets;
  }

  /** Members that were shown so far. */
  public long shown() {
    return shown;
  }

  @Override
  public boolean areSupported() {
    return sets.areSupported();
  }

  @Override
  public <R extends Reader> R list(Supplier<R> readers) {
    return sets.list(() -> new Counting<>(readers.get())).reader;
  }

  @Override
  public List<ListedIpSet> headers() {
    return sets.headers();
  }

  @Override
  public List<IpSetRefusal> run(List<IpSetRequest> requests) {
    return sets.run(requests);
  }

  @Override
  public void close() {
    sets.close();
  }

  private final class Counting<R extends Reader> implements Reader {
    private final R reader;

    Counting(R reader) {
      this.reader = reader;
    }

    @Override
    public @Nullable MemberReader take(ListedIpSet set) {
      MemberReader members = reader.take(set);
      return members == null ? null : new CountingMembers(members);
    }
  }

  private final class CountingMembers implements MemberReader {
    private final MemberReader members;

    CountingMembers(MemberReader members) {
      this.members = members;
    }

    @Override
    public boolean wantsMembers() {
      return members.wantsMembers();
    }

    @Override
    public void take(IpSetEntry entry) {
      shown++;
      members.take(entry);
    }

    @Override
    public void end(long digest) {
      members.end(digest);
    }
  }
}
