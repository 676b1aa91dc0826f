package felix.calc;

import felix.calc.index.IndexFigures;

/**
 * How much the graph holds.
 *
 * @param indexes of all label indexes together
 */
public record GraphSizes(Cluster cluster, Local local, IndexFigures indexes) {
  /** Of a graph that has been told nothing. */
  public static final GraphSizes NONE =
      new GraphSizes(new Cluster(0, 0, 0, 0, 0, 0), new Local(0, 0, 0), IndexFigures.NONE);

  /**
   * What there is anywhere.
   *
   * @param hosts that are known by an endpoint, a node or settings of their own
   * @param profiles that have rules
   */
  public record Cluster(
      int hosts, int workloads, int hostEndpoints, int policies, int profiles, int tiers) {}

  /**
   * What matters on this host.
   *
   * @param policies that select at least one endpoint here
   * @param selectors IP sets that rules in use here name
   */
  public record Local(int endpoints, int policies, int selectors) {}
}
