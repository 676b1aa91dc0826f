package felix.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sees every packet that the nodes of a cluster send to the fabric. */
public final class Wire implements AutoCloseable {
  private final Map<String, Tap> taps = new LinkedHashMap<>();

  /** Listens at the fabric's end of every node's wire. */
  Wire(List<String> nodes) {
    nodes.forEach(node -> taps.put(node, Tap.on(Fabric.NAMESPACE, node, Tap.EVERYTHING)));
  }

  /** What a node has sent since the last call. */
  public List<WireFrame> sentBy(ClusterNode node) {
    var tap = Objects.requireNonNull(taps.get(node.name()), node.name());
    return tap.frames().stream().map(WireFrame::of).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() {
    taps.values().forEach(Tap::close);
  }
}
