package felix.dataplane.netlink;

/**
 * A kernel to test against, with hands that change its links as an operator would. Everything else
 * can be changed through a second conversation.
 */
public interface Lab extends AutoCloseable {
  Netlink netlink();

  /** Makes a link that is down, and a peer of it that is up; returns its index. */
  int addLink(String name);

  /** Sets it up, and returns when it is running. */
  void up(String name);

  /** Sets it down administratively. */
  void down(String name);

  /** Takes the carrier away by setting the peer down; returns when the link runs no more. */
  void loseCarrier(String name);

  void rename(String name, String newName);

  void delete(String name);

  /**
   * Gives a link an address.
   *
   * @param cidr with host bits: {@code 10.0.0.1/24}
   */
  void addAddress(String name, String cidr);

  /** Deletes all that was made. */
  @Override
  void close();
}
