package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Lab;
import felix.lab.Probe;
import felix.lab.Shell;
import felix.lab.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The agent beside rules of others: where its own stand, and what it leaves to them. And workloads
 * whose interfaces are called otherwise.
 */
@Tag("packets")
class ForeignRulesTest {
  private static final Workload TAP = named("tap0000005", 5);
  private static final Workload UNKNOWN = named("tap0000006", 6);

  private static final int LEFT_TO_OTHERS = 99;

  private static Workload named(String iface, int number) {
    return new Workload(iface, "172.29.1." + number, "02:00:00:00:00:0" + number, null);
  }

  @ParameterizedTest
  @EnumSource
  void rulesOfOthersDecideWhatIsLeftToThem(Backend backend) {
    try (var lab = new Lab(ForeignRulesTest.class, backend)) {
      lab.set("FELIX_INTERFACEPREFIX", "cali,tap");
      lab.set("FELIX_IPTABLESFILTERALLOWACTION", "RETURN");
      lab.set("FELIX_IPTABLESFILTERDENYACTION", "REJECT");
      lab.load(Example.STATE);
      lab.node().plug(TAP);
      lab.node().plug(UNKNOWN);
      lab.etcd()
          .put(
              Example.endpointKey("tap"),
              Example.endpoint("tap", TAP.iface(), TAP.ip(), TAP.mac()));
      append(lab, backend, "-p udp --dport %d -j DROP".formatted(LEFT_TO_OTHERS));
      lab.startAgent().awaitReady();
      lab.settle();
      lab.node().shell().run("ip route replace %s dev %s".formatted(UNKNOWN.ip(), UNKNOWN.iface()));
      interfacesOfAllPrefixesArePoliced(lab);
      allowedPacketsGoOnToOthersRules(lab);
      whoIsDeniedHearsOfIt(lab);

      lab.agent().stop();
      append(lab, backend, "-p tcp --dport 80 -j ACCEPT");
      lab.set("FELIX_CHAININSERTMODE", "append");
      lab.startAgent().awaitReady();
      lab.settle();
      othersRulesComeFirst(lab);
    }
  }

  private static void append(Lab lab, Backend backend, String rule) {
    lab.node().shell().run("iptables-%s -A FORWARD %s".formatted(backend.word(), rule));
  }

  private static void interfacesOfAllPrefixesArePoliced(Lab lab) {
    assertThat(lab.arrives(Probe.udp(TAP.ip(), Example.BOOKSTORE, 53))).isTrue();
    assertThat(lab.arrives(Probe.udp(Example.BOOKSTORE, TAP.ip(), 53))).isTrue();
    assertThat(lab.arrives(Probe.udp(UNKNOWN.ip(), Example.BOOKSTORE, 53))).isFalse();
    assertThat(lab.arrives(Probe.udp(Example.BOOKSTORE, UNKNOWN.ip(), 53))).isFalse();
    assertThat(lab.wrongVerdicts(Example.STATE)).isEmpty();
  }

  private static void allowedPacketsGoOnToOthersRules(Lab lab) {
    assertThat(lab.arrives(Probe.udp(TAP.ip(), Example.BOOKSTORE, LEFT_TO_OTHERS))).isFalse();
  }

  private static void whoIsDeniedHearsOfIt(Lab lab) {
    Shell.Output refused =
        lab.node()
            .shell(Example.workload(Example.FRUITSTORE))
            .attempt("timeout 10 bash -c 'echo > /dev/tcp/%s/80'".formatted(Example.SERVER));
    assertThat(refused.err()).contains("refused");
  }

  private static void othersRulesComeFirst(Lab lab) {
    assertThat(lab.arrives(Example.DENIED)).as("others accept it").isTrue();
    assertThat(lab.arrives(Probe.tcp(Example.FRUITSTORE, Example.SERVER, 81))).isFalse();
  }
}
