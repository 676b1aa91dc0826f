package felix.dataplane.ipset;

import felix.count.Count;
import felix.dataplane.netlink.IpSetRequest;
import felix.dataplane.netlink.IpSetRequest.Members;
import felix.model.IpVersion;
import java.util.List;

/** What others ask about the IP sets of a family. Written by the dataplane thread, read by any. */
public final class IpSetStatus {
  private final IpVersion version;
  private final Count calls = new Count();
  private final Count errors = new Count();
  private final Count lines = new Count();
  private volatile int wanted;
  private volatile int listed;

  IpSetStatus(IpVersion version) {
    this.version = version;
  }

  public IpVersion version() {
    return version;
  }

  /** How often the kernel was asked: to list, or to carry out changes of many sets. */
  public long calls() {
    return calls.get();
  }

  /** How often it refused something of that. */
  public long errors() {
    return errors.get();
  }

  /** Changes that it was asked for: a member each, or a set. */
  public long lines() {
    return lines.get();
  }

  /** How many sets are wanted. */
  public int wanted() {
    return wanted;
  }

  /** How many sets of any family and owner there were when last listed. */
  public int listed() {
    return listed;
  }

  void asked(List<IpSetRequest> requests) {
    calls.increment();
    for (IpSetRequest request : requests) {
      lines.add(request instanceof Members members ? members.entries().count() : 1);
    }
  }

  void failed() {
    errors.increment();
  }

  void wants(int sets) {
    wanted = sets;
  }

  void saw(int sets) {
    listed = sets;
  }
}
