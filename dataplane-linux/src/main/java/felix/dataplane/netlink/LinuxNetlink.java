package felix.dataplane.netlink;

import felix.model.IpVersion;
import java.time.Duration;
import java.util.Set;

/**
 * The kernel of this host, in the network namespace of this process.
 *
 * @param timeout how long an answer may take ({@code NetlinkTimeoutSecs})
 */
public record LinuxNetlink(Duration timeout) implements Netlink {
  private static final Duration EVENT_WAIT = Duration.ofMillis(250);

  /** {@code RTMGRP_LINK}, {@code _NEIGH}, {@code _IPV4_IFADDR} and {@code _IPV6_IFADDR}. */
  private static final int GROUPS = 0x1 | 0x4 | 0x10 | 0x100;

  /** {@code RTMGRP_IPV4_ROUTE}. */
  private static final int GROUP_ROUTES_V4 = 0x40;

  /** {@code RTMGRP_IPV6_ROUTE}. */
  private static final int GROUP_ROUTES_V6 = 0x400;

  /** The kernel counts about 1 KB an event, and doubles what is asked for. */
  private static final int EVENT_BUFFER_BYTES = 16 << 20;

  private static final int ANSWER_BUFFER_BYTES = 1 << 20;

  @Override
  public Rtnetlink connect() {
    return new KernelRtnetlink(
        () ->
            NetlinkSocket.open(
                new SocketOptions(SocketOptions.ROUTE, 0, timeout, ANSWER_BUFFER_BYTES)));
  }

  @Override
  public RtnetlinkEvents subscribe(Set<IpVersion> routes) {
    int groups = GROUPS;
    for (var version : routes) {
      groups |=
          switch (version) {
            case V4 -> GROUP_ROUTES_V4;
            case V6 -> GROUP_ROUTES_V6;
          };
    }
    try {
      return new KernelEvents(
          NetlinkSocket.open(
              new SocketOptions(SocketOptions.ROUTE, groups, EVENT_WAIT, EVENT_BUFFER_BYTES)));
    } catch (SocketException e) {
      throw e.toKernelException("subscribe to events");
    }
  }

  @Override
  public Conntrack conntrack() {
    return new KernelConntrack(this::openNetfilter);
  }

  @Override
  public IpSets ipSets() {
    return new KernelIpSets(this::openNetfilter);
  }

  @Override
  public Ethtool ethtool() {
    return new KernelEthtool();
  }

  private DatagramPort openNetfilter() throws SocketException {
    return NetlinkSocket.open(
        new SocketOptions(SocketOptions.NETFILTER, 0, timeout, ANSWER_BUFFER_BYTES));
  }
}
