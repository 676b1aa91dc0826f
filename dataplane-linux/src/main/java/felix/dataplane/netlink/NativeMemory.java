package felix.dataplane.netlink;

import jnr.ffi.Pointer;

/**
 * Memory beside the heap, all zero at first, that goes back to the system when it is closed: large,
 * and seldom needed.
 */
record NativeMemory(Pointer pointer, int bytes) implements AutoCloseable {
  private static final int PROT_READ_WRITE = 0x1 | 0x2;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x2 | 0x20;

  static NativeMemory take(int bytes) throws SocketException {
    Pointer pointer =
        NativeLibc.LIBC.mmap(null, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    if (pointer.address() == -1) {
      throw new SocketException("mmap " + bytes + " bytes", NativeLibc.lastError());
    }
    return new NativeMemory(pointer, bytes);
  }

  @Override
  public void close() {
    NativeLibc.LIBC.munmap(pointer, bytes);
  }
}
