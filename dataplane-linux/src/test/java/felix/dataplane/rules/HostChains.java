package felix.dataplane.rules;

import felix.dataplane.manager.WorkloadChains;
import felix.dataplane.reconcile.Desired;
import felix.delta.ActiveWorkload;
import felix.delta.Changes;
import felix.delta.Direction;
import felix.model.AddressTranslation;
import felix.model.Cidr;
import felix.model.Ip;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a host's tables hold of a scenario, in one family: what the managers put together. */
final class HostChains {
  /** As all that is not very old knows it. */
  private static final FullyRandom ALWAYS_RANDOM = new FullyRandom(true, true);

  private final Scenario scenario;
  private final RuleSettings settings;
  private final IpVersion version;
  private final OverlayState overlay;

  /** A host without an overlay. */
  HostChains(Scenario scenario, RuleSettings settings, IpVersion version) {
    this(scenario, settings, version, OverlayState.NONE);
  }

  HostChains(Scenario scenario, RuleSettings settings, IpVersion version, OverlayState overlay) {
    this.scenario = scenario;
    this.settings = settings;
    this.version = version;
    this.overlay = overlay;
  }

  /** The chains of a table by name, the kernel's with our hooks among them. */
  Map<String, Chain> table(Table table) {
    var contents = new StaticChains(settings, ALWAYS_RANDOM, version).of(table, overlay);
    var chains = new LinkedHashMap<>(contents.chains());
    contents.hooks().forEach((name, rules) -> chains.put(name, new Chain(name, rules)));
    if (table == Table.NAT) {
      add(chains, new FloatingIpChains(ALWAYS_RANDOM).of(floatingIps()));
    }
    if (table == Table.MANGLE && !marks().isEmpty()) {
      add(chains, new DscpChains(version).of(marks()));
      chains.put("POSTROUTING", new Chain("POSTROUTING", DscpChains.hook()));
    }
    if (table == Table.RAW && settings.extras().sourceSpoofing()) {
      add(chains, List.of(SpoofingChain.of(spoofable())));
    }
    if (table == Table.FILTER) {
      chains.putAll(workloads());
    }
    policies(table).forEach(chain -> chains.put(chain.name(), chain));
    hosts(table).forEach(chain -> chains.put(chain.name(), chain));
    return chains;
  }

  /** The chains of a table that a scenario's own text is about, without those of hosts. */
  List<Chain> policies(Table table) {
    var chains = new LinkedHashMap<String, Chain>();
    var policies = new PolicyChains(settings, version);
    if (table == Table.FILTER) {
      chains.putAll(workloads());
      chains.keySet().removeIf(name -> name.contains("-wl-dispatch"));
    }
    scenario
        .policies()
        .forEach(
            (key, policy) -> {
              if (Table.of(policy.stage()) == table) {
                for (var direction : Direction.values()) {
                  add(chains, List.of(policies.policy(direction, key, policy)));
                }
              }
            });
    if (table == Table.FILTER) {
      for (var direction : Direction.values()) {
        scenario
            .profiles()
            .forEach(
                (name, rules) -> add(chains, List.of(policies.profile(direction, name, rules))));
      }
    }
    return List.copyOf(chains.values());
  }

  /** The chains of host endpoints in a table, and those that lead there. */
  List<Chain> hosts(Table table) {
    var renderer = new HostEndpointChains(settings);
    var chains = new LinkedHashMap<String, Chain>();
    var interfaces = new ArrayList<String>();
    scenario
        .hosts()
        .forEach(
            (name, host) -> {
              if (renderer.areIn(table, name, host)) {
                interfaces.add(name);
                add(chains, renderer.endpoint(table, name, host));
              }
            });
    add(chains, renderer.dispatch(table, interfaces));
    return List.copyOf(chains.values());
  }

  private List<AddressTranslation> floatingIps() {
    return scenario.workloads().stream()
        .flatMap(workload -> workload.extras().translations().stream())
        .filter(translation -> translation.external().version() == version)
        .toList();
  }

  private SortedMap<String, List<Cidr>> spoofable() {
    var sources = new TreeMap<String, List<Cidr>>();
    for (var workload : scenario.workloads()) {
      sources.put(
          workload.interfaceName(),
          workload.extras().spoofableSources().stream()
              .filter(net -> net.version() == version)
              .toList());
    }
    return sources;
  }

  private SortedMap<Ip, Integer> marks() {
    var marks = new TreeMap<Ip, Integer>();
    for (var workload : scenario.workloads()) {
      Integer dscp = workload.extras().dscp();
      if (dscp != null) {
        workload.networks().stream()
            .filter(network -> network.version() == version)
            .forEach(network -> marks.put(network.address(), dscp));
      }
    }
    return marks;
  }

  /** Those of workload endpoints, shared as the manager has them, and those that lead there. */
  private Map<String, Chain> workloads() {
    var desired = new DesiredChains(new TreeMap<>());
    var manager = new WorkloadChains(new EndpointChains(settings), desired);
    var all = new Changes<String, ActiveWorkload>();
    scenario.workloads().forEach(workload -> all.record(workload.interfaceName(), null, workload));
    manager.absorb(all);
    return desired.byName();
  }

  private record DesiredChains(Map<String, Chain> byName) implements Desired<String, Chain> {
    @Override
    public void set(String name, Chain chain) {
      byName.put(name, chain);
    }

    @Override
    public void remove(String name) {
      byName.remove(name);
    }

    @Override
    public void replaceAll(Map<String, Chain> chains) {
      byName.clear();
      byName.putAll(chains);
    }
  }

  private static void add(Map<String, Chain> to, List<Chain> chains) {
    chains.forEach(chain -> to.put(chain.name(), chain));
  }
}
