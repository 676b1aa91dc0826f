package felix.dataplane.netlink;

/** A table of tracked connections to test against, with hands that fill it. */
public interface ConntrackLab extends AutoCloseable {
  Conntrack connect();

  /** Makes an entry, as a packet would. */
  void add(ConntrackTuple original, ConntrackTuple reply, int zone);

  /** Deletes all that was made. */
  @Override
  void close();
}
