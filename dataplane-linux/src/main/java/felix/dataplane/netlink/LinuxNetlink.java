package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelTime;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.Set;

/**
 * The kernel of this host, in the network namespace of this process.
 *
 * @param timeout how long an answer may take ({@code NetlinkTimeoutSecs})
 * @param time told while the kernel is asked something; not while events are awaited
 */
public record LinuxNetlink(Duration timeout, KernelTime time) implements Netlink {
  private static final Duration EVENT_WAIT = Duration.ofSeconds(1);

  /** {@code RTMGRP_LINK}, {@code _NEIGH}, {@code _IPV4_IFADDR} and {@code _IPV6_IFADDR}. */
  private static final int GROUPS = 0x1 | 0x4 | 0x10 | 0x100;

  /** {@code RTMGRP_IPV4_ROUTE}. */
  private static final int GROUP_ROUTES_V4 = 0x40;

  /** {@code RTMGRP_IPV6_ROUTE}. */
  private static final int GROUP_ROUTES_V6 = 0x400;

  /** The kernel counts about 1 KB an event, and doubles what is asked for. */
  private static final int EVENT_BUFFER_BYTES = 16 << 20;

  private static final int ANSWER_BUFFER_BYTES = 1 << 20;

  /** One whose time nobody counts. */
  public LinuxNetlink(Duration timeout) {
    this(timeout, new KernelTime());
  }

  @Override
  public Rtnetlink connect() {
    return new KernelRtnetlink(() -> open(SocketOptions.ROUTE));
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
    return new KernelConntrack(() -> open(SocketOptions.NETFILTER));
  }

  @Override
  public IpSets ipSets() {
    return new KernelIpSets(() -> open(SocketOptions.NETFILTER));
  }

  @Override
  public Ethtool ethtool() {
    return new KernelEthtool();
  }

  @Override
  public RuleFingerprints rules() {
    return new KernelFingerprints(timeout);
  }

  private DatagramPort open(int protocol) throws SocketException {
    return new TimedPort(
        NetlinkSocket.open(new SocketOptions(protocol, 0, timeout, ANSWER_BUFFER_BYTES)), time);
  }
}
