package felix.calc;

import felix.delta.Changes;
import felix.delta.DataplaneDelta;
import felix.delta.IpSetId;
import felix.delta.IpSetType;
import felix.delta.LocalDelta;
import felix.delta.NetworkDelta;
import felix.model.Node;
import felix.model.NodeKey;
import org.jspecify.annotations.Nullable;

/**
 * From changed resources to what this host's dataplane must change. The stages stand in the order
 * in which data flows; each takes changes and gives changes, and remembers what it needs. One
 * thread.
 */
public final class CalcGraph {
  private final Resources resources;
  private final LocalEndpoints localEndpoints;
  private final PolicyMatcher policyMatcher;
  private final ActiveRulesCalculator activeRules;
  private final RuleScanner ruleScanner = new RuleScanner();
  private final IpSetMembers ipSetMembers = new IpSetMembers();
  private final PolicyResolver policyResolver;
  private final PoolResolver poolResolver;
  private final EncapsulationResolver encapsulationResolver;
  private final VtepResolver vtepResolver;
  private final RouteResolver routeResolver;
  private final HostNames hosts = new HostNames();

  /**
   * An empty graph.
   *
   * @param resources the store that the changes come from; must have taken them over before they
   *     are applied here
   */
  public CalcGraph(GraphSettings settings, Resources resources) {
    this.resources = resources;
    localEndpoints = new LocalEndpoints(settings.hostname());
    policyMatcher = new PolicyMatcher(resources);
    activeRules = new ActiveRulesCalculator(resources);
    policyResolver = new PolicyResolver(settings.hostname(), resources);
    poolResolver = new PoolResolver(resources);
    encapsulationResolver = new EncapsulationResolver(settings);
    vtepResolver = new VtepResolver(settings.hostname(), resources);
    routeResolver = new RouteResolver(settings, resources);
  }

  /** Takes all changes since the call before, in one batch. */
  public DataplaneDelta apply(ResourceChanges in) {
    hosts.apply(in);
    var local = localEndpoints.apply(in);
    var matches = policyMatcher.apply(local, in.policies(), in.profileLabels());
    var rules = activeRules.apply(matches.active(), local, in.profileRules());
    var scanned = ruleScanner.apply(rules);
    var members = ipSetMembers.apply(in, scanned.ipSets());
    var endpoints = policyResolver.apply(local, matches, in.tiers());
    var pools = poolResolver.apply(in.pools());
    var encapsulations = encapsulationResolver.apply(pools);
    var vteps = vtepResolver.apply(in.nodes(), encapsulations.vxlan());
    var routes = routeResolver.apply(pools, in.nodes(), in.blocks(), in.endpoints());
    return new DataplaneDelta(
        resources.revision(),
        resources.datastoreReady(),
        new LocalDelta(
            types(scanned.ipSets()),
            members,
            scanned.policies(),
            scanned.profiles(),
            endpoints.workloads(),
            endpoints.hosts(),
            in.profileLabels(),
            in.configurations()),
        new NetworkDelta(
            encapsulations, pools, byName(in.nodes()), vteps, routes, resources.serviceNetworks()));
  }

  /** How much it holds now. */
  public GraphSizes sizes() {
    var endpoints = policyMatcher.figures();
    return new GraphSizes(
        new GraphSizes.Cluster(
            hosts.size(),
            resources.endpoints().size(),
            resources.hostEndpoints().size(),
            resources.policies().size(),
            resources.profileRules().size(),
            resources.tiers().size()),
        new GraphSizes.Local(endpoints.items(), policyMatcher.activePolicies(), ruleScanner.size()),
        endpoints.plus(ipSetMembers.figures()));
  }

  private static Changes<String, Node> byName(Changes<NodeKey, Node> nodes) {
    var byName = new Changes<String, Node>();
    for (var change : nodes) {
      byName.record(change.key().name(), change.before(), change.after());
    }
    return byName;
  }

  private static Changes<IpSetId, IpSetType> types(Changes<IpSetId, IpSetDefinition> ipSets) {
    var types = new Changes<IpSetId, IpSetType>();
    for (var change : ipSets) {
      types.record(change.key(), type(change.before()), type(change.after()));
    }
    return types;
  }

  private static @Nullable IpSetType type(@Nullable IpSetDefinition definition) {
    return definition == null ? null : definition.type();
  }
}
