package felix.dataplane.rules;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.IpVersion;
import java.util.function.UnaryOperator;

/** A random host, once as the oracle sees it and once as its tables do. The seed tells all. */
final class RandomWorld {
  final IpVersion version;
  final RandomScenario random;
  final NaiveHost naive;
  final PacketWalk nat;
  private final PacketWalk raw;
  private final PacketWalk mangle;
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
    this.mangle = new PacketWalk(host.table(Table.MANGLE), sets, version, local);
    this.nat = new PacketWalk(host.table(Table.NAT), sets, version, local);
    this.filter = new PacketWalk(host.table(Table.FILTER), sets, version, local);
  }

  void forwards(Packet packet, NaiveHost.Expected expected) {
    compare(packet, comesIn(packet, "FORWARD"), expected);
  }

  void receives(Packet packet, NaiveHost.Expected expected) {
    compare(packet, comesIn(packet, "INPUT"), expected);
  }

  void sends(Packet packet, NaiveHost.Expected expected) {
    var first = raw.from("OUTPUT", packet, 0);
    var seen = first.untracked() ? packet.untracked() : packet;
    compare(packet, then(first, o -> filter.from("OUTPUT", seen, o.mark())), expected);
  }

  private PacketWalk.Outcome comesIn(Packet packet, String hook) {
    var first = raw.from("PREROUTING", packet.cameIn(), 0);
    var seen = first.untracked() ? packet.untracked() : packet;
    var second = then(first, o -> mangle.from("PREROUTING", seen.cameIn(), o.mark()));
    return then(second, o -> filter.from(hook, seen, o.mark()));
  }

  /** One table after the other, unless the packet has ended. */
  private static PacketWalk.Outcome then(
      PacketWalk.Outcome first, UnaryOperator<PacketWalk.Outcome> next) {
    if (first.verdict() == PacketWalk.Verdict.DROP) {
      return first;
    }
    var second = next.apply(first);
    return new PacketWalk.Outcome(
        second.verdict(),
        second.mark(),
        first.logLines() + second.logLines(),
        first.untracked(),
        null,
        null,
        first.rules() + second.rules());
  }

  private void compare(Packet packet, PacketWalk.Outcome outcome, NaiveHost.Expected expected) {
    var found = new NaiveHost.Expected(outcome.verdict(), outcome.logLines(), outcome.untracked());
    assertThat(found).as(() -> this + ", " + packet).isEqualTo(expected);
  }

  @Override
  public String toString() {
    return "seed " + seed + "\nin " + scenario;
  }
}
