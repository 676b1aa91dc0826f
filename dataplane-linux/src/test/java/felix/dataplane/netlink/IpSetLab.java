package felix.dataplane.netlink;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** IP sets to test against, with hands that change them and eyes of their own. */
public interface IpSetLab extends AutoCloseable {
  IpSets connect();

  /** Runs lines of {@code ipset restore}, which must be right. */
  void restore(String... lines);

  Set<String> names();

  /** The members of a set as {@code ipset} prints them, sorted; null if there is no such set. */
  @Nullable Set<String> members(String name);

  /** Has something in the kernel name the set, so that it cannot go. */
  void reference(String name);

  void dereference(String name);

  /** Destroys all sets. */
  @Override
  void close();
}
