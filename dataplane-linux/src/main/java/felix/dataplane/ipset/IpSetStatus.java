package felix.dataplane.ipset;

import felix.count.Count;
import felix.dataplane.exec.CommandResult;
import felix.model.IpVersion;

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

  /** How often {@code ipset} was run. */
  public long calls() {
    return calls.get();
  }

  /** How often it refused something. */
  public long errors() {
    return errors.get();
  }

  /** Of input to {@code ipset restore}. */
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

  void ran(String input, CommandResult result) {
    calls.increment();
    lines.add(input.chars().filter(c -> c == '\n').count());
    if (!result.succeeded()) {
      errors.increment();
    }
  }

  void wants(int sets) {
    wanted = sets;
  }

  void saw(int sets) {
    listed = sets;
  }
}
