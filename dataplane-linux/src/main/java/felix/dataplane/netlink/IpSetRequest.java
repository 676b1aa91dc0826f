package felix.dataplane.netlink;

import java.util.Locale;

/** A change of IP sets asked of the kernel. */
public sealed interface IpSetRequest {
  /** The set that is changed. */
  String set();

  /**
   * Makes a set, or does nothing where there is one with the same header: the kernel does not look
   * at the family then. Refused with EEXIST where there is another one.
   *
   * @param expectedSize how many members it will have at first, so that the kernel need not make
   *     room again and again
   */
  record Create(String set, IpSetHeader header, int expectedSize) implements IpSetRequest {
    @Override
    public String toString() {
      return "create " + set + " " + header.type();
    }
  }

  /** Takes all members out. */
  record Flush(String set) implements IpSetRequest {
    @Override
    public String toString() {
      return "flush " + set;
    }
  }

  /** Has two sets change names, and so the rules that name one now name the other. */
  record Swap(String set, String other) implements IpSetRequest {
    @Override
    public String toString() {
      return "swap " + set + " and " + other;
    }
  }

  /**
   * Refused with {@link IpSetErrors#BUSY} while anything names the set. Where there is none, new
   * kernels do nothing, and old ones refuse with ENOENT.
   */
  record Destroy(String set) implements IpSetRequest {
    @Override
    public String toString() {
      return "destroy " + set;
    }
  }

  /**
   * Adds or deletes members, one by one until one is refused. What is there already, or gone
   * already, is not refused.
   *
   * @param entries at most {@link #MAX_ENTRIES}
   */
  record Members(Change change, String set, Entries entries) implements IpSetRequest {
    /** Larger ones gained nothing when measured. */
    public static final int MAX_ENTRIES = 50;

    public Members {
      if (entries.count() < 1 || entries.count() > MAX_ENTRIES) {
        throw new IllegalArgumentException(entries.count() + " members in one request");
      }
    }

    @Override
    public String toString() {
      return change + " " + entries.count() + " members: " + set;
    }

    /** With the name of one of the members. */
    String toString(int index) {
      var entry = new IpSetEntry();
      entries.read(index, entry);
      return change + " " + entry + ": " + set;
    }
  }

  /** What is done with members. */
  enum Change {
    ADD,
    DELETE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Members for one request. */
  interface Entries {
    int count();

    /** Shows one of them, counted from 0. */
    void read(int index, IpSetEntry into);
  }
}
