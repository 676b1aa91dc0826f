/**
 * Speaking to the kernel about links, addresses, routes, neighbours, rules and tracked connections:
 * pure message codecs, and one socket class. What only ethtool knows of links goes by ioctl. The
 * only package that calls native code.
 *
 * <p>Formats are those of {@code linux/netlink.h}, {@code linux/rtnetlink.h}, {@code
 * linux/if_link.h}, {@code linux/if_addr.h}, {@code linux/neighbour.h} and {@code
 * linux/fib_rules.h}. Numbers stand in the machine's byte order, addresses in network order. For
 * tracked connections, {@code linux/netfilter/nfnetlink_conntrack.h}, numbers are in network order.
 */
@NullMarked
package felix.dataplane.netlink;

import org.jspecify.annotations.NullMarked;
