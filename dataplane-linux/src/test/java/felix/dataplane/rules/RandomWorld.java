package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.IpVersion;

/** A random host, once as the oracle sees it and once as its tables do. The seed tells all. */
final class RandomWorld {
  final IpVersion version;
  final RandomScenario random;
  final NaiveHost naive;
  final PacketWalk raw;
  final PacketWalk nat;
  private final PacketWalk filter;
  private final long seed;
  private final Scenario scenario;

  RandomWorld(long seed) {
    this.seed = seed;
    this.version = seed % 2 == 0 ? IpVersion.V4 : IpVersion.V6;
    this.random = new RandomScenario(seed);
    this.scenario = random.scenario();
    var settings = random.settings();
    var sets = random.sets();
    var overlay = random.overlay(version);
    var local = random.local(version);
    this.naive = new NaiveHost(scenario, settings, sets, overlay, local);
    var host = new HostChains(scenario, settings, version, overlay);
    this.raw = new PacketWalk(host.table(Table.RAW), sets, version, local);
    this.nat = new PacketWalk(host.table(Table.NAT), sets, version, local);
    this.filter = new PacketWalk(host.table(Table.FILTER), sets, version, local);
  }

  void compare(String hook, Packet packet, NaiveHost.Expected expected) {
    var outcome = filter.from(hook, packet, 0);
    assertThat(new NaiveHost.Expected(outcome.verdict(), outcome.logLines()))
        .as(() -> this + ", " + packet)
        .isEqualTo(expected);
  }

  @Override
  public String toString() {
    return "seed " + seed + "\nin " + scenario;
  }
}
