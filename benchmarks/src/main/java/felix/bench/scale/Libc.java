package felix.bench.scale;

import jnr.ffi.LibraryLoader;

/**
 * The calls that Java has no words for. Numbers are those of Linux. Public because jnr-ffi
 * implements it from another class loader.
 */
public interface Libc {
  Libc INSTANCE = LibraryLoader.create(Libc.class).load("c");

  int READ_ONLY = 0;
  int CLONE_NEWNET = 0x40000000;

  int open(String path, int flags);

  int close(int fd);

  int setns(int fd, int type);
}
