package felix.bench;

import felix.calc.CalcGraph;
import felix.calc.GraphSettings;
import felix.calc.ResourceStore;
import felix.delta.DataplaneDelta;
import felix.model.Resource;
import felix.model.ResourceKey;
import felix.model.ResourceUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store and the graph behind it, as a host has them. */
final class Graph {
  private final ResourceStore store = new ResourceStore();
  private final CalcGraph graph = new CalcGraph(GraphSettings.defaults(World.LOCAL_HOST), store);
  private long revision;

  DataplaneDelta replaceAll(List<ResourceUpdate> snapshot) {
    return graph.apply(store.replaceAll(++revision, snapshot));
  }

  /** One update in a batch of its own, with the figures that a host reads after each batch. */
  DataplaneDelta put(ResourceKey key, @Nullable Resource value) {
    var delta = graph.apply(store.apply(++revision, List.of(new ResourceUpdate(key, value))));
    graph.sizes();
    return delta;
  }

  int workloadsAndPolicies() {
    var cluster = graph.sizes().cluster();
    return cluster.workloads() + cluster.policies();
  }
}
