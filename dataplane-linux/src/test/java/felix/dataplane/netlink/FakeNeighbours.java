package felix.dataplane.netlink;

import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.model.Ip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Neighbours by table, link and address. */
final class FakeNeighbours {
  private static final Errno CARRIED_OUT = new Errno(0);

  private record Key(NeighbourTable table, int linkIndex, @Nullable Ip address) {
    static Key of(NeighbourMessage neighbour) {
      return new Key(neighbour.table(), neighbour.linkIndex(), neighbour.address());
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

  void flush(int linkIndex, NeighbourTable table) {
    neighbours.keySet().removeIf(key -> key.linkIndex() == linkIndex && key.table() == table);
  }

  void flush(int linkIndex) {
    neighbours.keySet().removeIf(key -> key.linkIndex() == linkIndex);
  }

  Errno execute(Request.Operation operation, NeighbourMessage neighbour) {
    if (Errno.ENODEV.equals(kernel.unusable(neighbour.linkIndex()))) {
      return Errno.ENODEV;
    }
    Key key = Key.of(neighbour);
    return switch (operation) {
      case ADD -> neighbours.putIfAbsent(key, neighbour) == null ? CARRIED_OUT : Errno.EEXIST;
      case REPLACE, CHANGE -> {
        neighbours.put(key, neighbour);
        yield CARRIED_OUT;
      }
      case DELETE -> neighbours.remove(key) == null ? Errno.ENOENT : CARRIED_OUT;
    };
  }
}
