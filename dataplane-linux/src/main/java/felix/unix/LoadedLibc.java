package felix.unix;

import jnr.ffi.LibraryLoader;

/** The C library, loaded when first used. */
final class LoadedLibc {
  static final UnixLibc LIBC = LibraryLoader.create(UnixLibc.class).load("c");

  private LoadedLibc() {}
}
