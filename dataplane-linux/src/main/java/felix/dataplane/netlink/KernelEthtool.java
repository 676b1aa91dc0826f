package felix.dataplane.netlink;

import felix.dataplane.reconcile.KernelException;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The commands of {@code linux/ethtool.h} that old kernels know as well, by ioctl: a {@code struct
 * ifreq} of a name and a pointer to {@code struct ethtool_value}, u32 command, u32 data.
 */
final class KernelEthtool implements Ethtool {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int GET_TX_CHECKSUM = 0x16;
  private static final int SET_TX_CHECKSUM = 0x17;

  private static final int NAME_BYTES = 16; // with a zero byte at the end
  private static final int REQUEST_BYTES = 40;
  private static final int VALUE_BYTES = 8;

  @Override
  public boolean checksumOffload(String linkName) {
    return command("read checksum offload of " + linkName, linkName, GET_TX_CHECKSUM, 0) != 0;
  }

  @Override
  public void setChecksumOffload(String linkName, boolean on) {
    command(
        "set checksum offload of " + linkName + " to " + on, linkName, SET_TX_CHECKSUM, on ? 1 : 0);
  }

  /** Returns what is in the data afterwards. */
  private static int command(String operation, String linkName, int command, int data) {
    byte[] name = linkName.getBytes(StandardCharsets.ISO_8859_1);
    if (name.length >= NAME_BYTES) {
      throw new KernelException(operation, "the name is longer than that of any link");
    }
    Pointer request =
        Runtime.getSystemRuntime()
            .getMemoryManager()
            .allocateDirect(REQUEST_BYTES + VALUE_BYTES, true);
    request.put(0, name, 0, name.length);
    request.putLong(NAME_BYTES, request.address() + REQUEST_BYTES);
    request.putInt(REQUEST_BYTES, command);
    request.putInt(REQUEST_BYTES + 4, data);
    ioctl(operation, request);
    return request.getInt(REQUEST_BYTES + 4);
  }

  private static void ioctl(String operation, Pointer request) {
    int fd = NativeLibc.LIBC.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    if (fd < 0) {
      throw new KernelException(operation, "socket: " + NativeLibc.lastError());
    }
    try {
      if (NativeLibc.LIBC.ioctl(fd, SIOCETHTOOL, request) < 0) {
        throw new KernelException(operation, NativeLibc.lastError().toString());
      }
    } finally {
      NativeLibc.LIBC.close(fd);
    }
  }
}
