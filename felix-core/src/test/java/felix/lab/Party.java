package felix.lab;

/** Somebody who talks: a workload, a host or the fabric, by one of its addresses. */
public record Party(String namespace, String ip) {
  /** ICMP's and IP's own bytes in a ping. */
  private static final int PING_HEADERS = 28;

  private static final int SMALL_PACKET = 84;

  /** Commands where it lives. */
  public Shell shell() {
    return Shell.in(namespace);
  }

  /** Whether it has answers to all of three small pings. */
  public boolean pings(Party other) {
    return pings(other, SMALL_PACKET);
  }

  /**
   * Whether it has answers to all of three pings that must not be fragmented.
   *
   * @param packetBytes of the IP packet
   */
  public boolean pings(Party other, int packetBytes) {
    var said =
        shell()
            .attempt(
                "ping -q -n -c 3 -i 0.2 -W 2 -M do -s %d %s"
                    .formatted(packetBytes - PING_HEADERS, other.ip()))
            .out();
    return said.contains(" 3 received");
  }

  /** Begins a stream of pings. */
  public Pinging keepsPinging(Party other) {
    return new Pinging(this, other);
  }

  /** Sends a datagram to a server of the other, which sends it back. */
  public Heard udpTo(Party other, int bytes) {
    return Conversation.udp(this, other, bytes);
  }

  /** Sends data over a new connection to a server of the other. */
  public Heard tcpTo(Party other, int bytes) {
    return Conversation.tcp(this, other, bytes);
  }

  /**
   * What came of it.
   *
   * @param from the sender's address as the server saw it; empty if nothing came
   * @param whole whether all of the data came, and of a datagram the answer too
   */
  public record Heard(String from, int fromPort, boolean whole) {
    /** Nothing came. */
    public static final Heard NOTHING = new Heard("", 0, false);
  }
}
