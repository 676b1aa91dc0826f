package felix.dataplane.netlink;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The C library, loaded when first used, which takes about 0.2 s. */
final class NativeLibc {
  static final Libc LIBC = LibraryLoader.create(Libc.class).load("c");

  private NativeLibc() {}

  /** Why the last call of this thread failed. */
  static Errno lastError() {
    return new Errno(Runtime.getSystemRuntime().getLastError());
  }
}
