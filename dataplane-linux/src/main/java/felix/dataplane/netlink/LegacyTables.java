package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import felix.model.IpVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks at the tables of ip_tables or ip6_tables, by the socket options that iptables itself reads
 * them with ({@code linux/netfilter_ipv4/ip_tables.h}, {@code netfilter_ipv6/ip6_tables.h}). The
 * kernel copies a table as a whole, between two writes. Any thread.
 *
 * @param family {@code AF_INET} or {@code AF_INET6}
 * @param level {@code SOL_IP} or {@code SOL_IPV6}
 */
record LegacyTables(int family, int level, EntryDigest digests) {
  private static final LegacyTables V4 = new LegacyTables(2, 0, EntryDigest.V4);
  private static final LegacyTables V6 = new LegacyTables(10, 41, EntryDigest.V6);

  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

  /** {@code IPT_SO_GET_INFO} and {@code IP6T_SO_GET_INFO}. */
  private static final int GET_INFO = 64;

  /** {@code IPT_SO_GET_ENTRIES} and {@code IP6T_SO_GET_ENTRIES}. */
  private static final int GET_ENTRIES = 65;

  private static final int NAME_BYTES = 32; // with a zero byte at the end

  /**
   * {@code struct ipt_getinfo}: name, u32 hooks, u32[5] where each begins, u32[5] its policy, u32
   * number of entries, u32 their bytes.
   */
  private static final int INFO_BYTES = 84;

  private static final int INFO_SIZE = 80;

  /** {@code struct ipt_get_entries}: name, u32 bytes of entries, u32 padding, entries. */
  private static final int ENTRIES_HEADER_BYTES = 40;

  /** The size is told by one call and must be right in the next. */
  private static final int ATTEMPTS = 5;

  static LegacyTables of(IpVersion version) {
    return switch (version) {
      case V4 -> V4;
      case V6 -> V6;
    };
  }

  /**
   * A number for what the table holds, but for its counters. Makes the table if it is not there, as
   * iptables-save does.
   *
   * @throws KernelException if the kernel does not show it
   */
  long digest(String table) {
    int fd = NativeLibc.LIBC.socket(family, SOCK_DGRAM_CLOEXEC, 0);
    try {
      check("socket", fd);
      return digest(fd, table);
    } catch (SocketException e) {
      throw e.toKernelException("look at table " + table);
    } finally {
      if (fd >= 0) {
        NativeLibc.LIBC.close(fd);
      }
    }
  }

  private long digest(int fd, String table) throws SocketException {
    for (int attempt = 1; ; attempt++) {
      byte[] info = info(fd, table);
      int size = inNativeOrder(info).getInt(INFO_SIZE);
      try (var memory = NativeMemory.take(ENTRIES_HEADER_BYTES + size)) {
        memory.pointer().put(0, info, 0, NAME_BYTES);
        memory.pointer().putInt(NAME_BYTES, size);
        entries(fd, memory);
        return digests.of(info, memory.pointer(), ENTRIES_HEADER_BYTES, memory.bytes());
      } catch (SocketException e) {
        if (!e.errno().equals(Errno.EAGAIN) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private byte[] info(int fd, String table) throws SocketException {
    byte[] name = table.getBytes(StandardCharsets.ISO_8859_1);
    if (name.length >= NAME_BYTES) {
      throw new SocketException(table + " is no table", Errno.ENOENT);
    }
    byte[] info = Arrays.copyOf(name, INFO_BYTES);
    ByteBuffer into = inNativeOrder(info);
    check(
        "read its size", NativeLibc.LIBC.getsockopt(fd, level, GET_INFO, into, length(INFO_BYTES)));
    return info;
  }

  private void entries(int fd, NativeMemory memory) throws SocketException {
    ByteBuffer length = length(memory.bytes());
    check("read it", NativeLibc.LIBC.getsockopt(fd, level, GET_ENTRIES, memory.pointer(), length));
  }

  private static ByteBuffer length(int bytes) {
    return inNativeOrder(new byte[Integer.BYTES]).putInt(0, bytes);
  }

  private static ByteBuffer inNativeOrder(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static void check(String call, int result) throws SocketException {
    if (result < 0) {
      throw new SocketException(call, NativeLibc.lastError());
    }
  }
}
