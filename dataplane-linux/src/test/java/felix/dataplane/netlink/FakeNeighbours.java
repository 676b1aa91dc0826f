package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.Ip;
import felix.model.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Neighbours by table, link and address; in a forwarding table by link and MAC. */
final class FakeNeighbours {
  private static final Errno CARRIED_OUT = new Errno(0);

  private record Key(
      NeighbourTable table, int linkIndex, @Nullable Ip address, @Nullable MacAddress mac) {
    static Key of(NeighbourMessage neighbour) {
      boolean forwarding = neighbour.table() == NeighbourTable.FORWARDING;
      return new Key(
          neighbour.table(),
          neighbour.linkIndex(),
          forwarding ? null : neighbour.address(),
          forwarding ? neighbour.mac() : null);
    }
  }

  private final FakeKernel kernel;
  private final Map<Key, NeighbourMessage> neighbours = new LinkedHashMap<>();

  FakeNeighbours(FakeKernel kernel) {
    this.kernel = kernel;
  }

  List<NeighbourMessage> list(NeighbourTable table) {
    return neighbours.values().stream().filter(entry -> entry.table() == table).toList();
  }

  /** A link lost its last address of a family. */
  void flush(int linkIndex, NeighbourTable table) {
    list(linkIndex).stream().filter(entry -> entry.table() == table).forEach(this::lose);
  }

  /** A link went down: its forwarding table stays. */
  void flush(int linkIndex) {
    list(linkIndex).stream()
        .filter(entry -> entry.table() != NeighbourTable.FORWARDING)
        .forEach(this::lose);
  }

  /** A link went. */
  void forget(int linkIndex) {
    list(linkIndex).forEach(this::lose);
  }

  private void lose(NeighbourMessage entry) {
    neighbours.remove(Key.of(entry));
    kernel.report(entry, true);
  }

  Errno execute(Request.Operation operation, NeighbourMessage neighbour) {
    if (Errno.ENODEV.equals(kernel.unusable(neighbour.linkIndex()))) {
      return Errno.ENODEV;
    }
    NeighbourMessage before = neighbours.get(Key.of(neighbour));
    return switch (operation) {
      case ADD -> before == null ? put(neighbour) : Errno.EEXIST;
      case REPLACE, CHANGE -> put(neighbour);
      case DELETE -> before == null ? Errno.ENOENT : delete(before);
    };
  }

  private Errno put(NeighbourMessage neighbour) {
    neighbours.put(Key.of(neighbour), neighbour);
    kernel.report(neighbour, false);
    return CARRIED_OUT;
  }

  /** Those of an address family fail first. */
  private Errno delete(NeighbourMessage neighbour) {
    neighbours.remove(Key.of(neighbour));
    if (neighbour.table() == NeighbourTable.FORWARDING) {
      kernel.report(neighbour, true);
    } else {
      var failed =
          new NeighbourMessage(
              neighbour.table(),
              neighbour.linkIndex(),
              NeighbourMessage.STATE_FAILED,
              neighbour.flags(),
              neighbour.address(),
              null);
      kernel.report(failed, false);
      kernel.report(failed, true);
    }
    return CARRIED_OUT;
  }

  private List<NeighbourMessage> list(int linkIndex) {
    return neighbours.values().stream().filter(entry -> entry.linkIndex() == linkIndex).toList();
  }
}
