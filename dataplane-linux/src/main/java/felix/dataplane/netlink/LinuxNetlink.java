package felix.dataplane.netlink;

import java.time.Duration;

/**
 * The kernel of this host, in the network namespace of this process.
 *
 * @param timeout how long an answer may take ({@code NetlinkTimeoutSecs})
 */
public record LinuxNetlink(Duration timeout) implements Netlink {
  private static final Duration EVENT_WAIT = Duration.ofMillis(250);

  /** {@code RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR}. */
  private static final int GROUPS = 0x1 | 0x10 | 0x100;

  /** 10,000 events at once fit; with 64 KiB some were lost. */
  private static final int EVENT_BUFFER_BYTES = 8 << 20;

  private static final int ANSWER_BUFFER_BYTES = 1 << 20;

  @Override
  public Rtnetlink connect() {
    return new KernelRtnetlink(
        () -> NetlinkSocket.open(new SocketOptions(0, timeout, ANSWER_BUFFER_BYTES)));
  }

  @Override
  public RtnetlinkEvents subscribe() {
    try {
      return new KernelEvents(
          NetlinkSocket.open(new SocketOptions(GROUPS, EVENT_WAIT, EVENT_BUFFER_BYTES)));
    } catch (SocketException e) {
      throw e.toKernelException("subscribe to links and addresses");
    }
  }

  @Override
  public Ethtool ethtool() {
    return new KernelEthtool();
  }
}
