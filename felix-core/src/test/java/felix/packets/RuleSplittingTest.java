package felix.packets;

import static org.assertj.core.api.Assertions.assertThat;

import felix.lab.Backend;
import felix.lab.Probe;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rules that iptables cannot say in one line. Both original agents let a packet pass the third and
 * later of several lists as soon as it matched the second; here each list counts.
 */
@Tag("packets")
class RuleSplittingTest {
  private static final String SERVER = Example.SERVER;
  private static final String FIRST = Example.BOOKSTORE;
  private static final String SECOND = Example.FRUITSTORE;
  private static final String OUTSIDE = "203.0.113.5";

  /** More than the 15 that fit into one match. */
  private static final String PORTS = numbers(1000, 18);

  @Nested
  class Legacy extends Cases {
    Legacy() {
      super(Backend.LEGACY);
    }
  }

  @Nested
  class Nft extends Cases {
    Nft() {
      super(Backend.NFT);
    }
  }

  private static String numbers(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  abstract static class Cases extends OneLab {
    Cases(Backend backend) {
      super(backend);
    }

    @Override
    void prepare() {
      lab.load(Example.STATE);
    }

    /**
     * Three lists: ports, sources, destinations. Both clients have the policy, but only the first
     * is a destination.
     */
    @Test
    void everyOneOfThreeListsCounts() {
      apply(
          """
          {"action": "Allow", "protocol": "TCP",
           "source": {"nets": ["%s/32", "203.0.113.0/24"]},
           "destination": {"nets": ["%s/32", "172.29.1.99/32"], "ports": [%s]}}
          """
              .formatted(SERVER, FIRST, PORTS));
      assertOnlyTheseArrive(Probe.tcp(SERVER, FIRST, 1017), Probe.tcp(OUTSIDE, FIRST, 1000));
    }

    /** The same with a list of source ports in front, which every packet of the lab matches. */
    @Test
    void everyOneOfFourListsCounts() {
      apply(
          """
          {"action": "Allow", "protocol": "TCP",
           "source": {"nets": ["%s/32", "203.0.113.0/24"], "ports": [%s, "10000:65535"]},
           "destination": {"nets": ["%s/32", "172.29.1.99/32"], "ports": [%s]}}
          """
              .formatted(SERVER, numbers(1, 15), FIRST, PORTS));
      assertOnlyTheseArrive(Probe.tcp(SERVER, FIRST, 1017), Probe.tcp(OUTSIDE, FIRST, 1000));
    }

    /** Lists and exceptions from them in one rule. */
    @Test
    void everyOneOfThreeListsAndTheirExceptionsCounts() {
      apply(
          """
          {"action": "Allow", "protocol": "TCP",
           "source": {"nets": ["%s/32", "203.0.113.0/24"], "notNets": ["203.0.113.5/32", "203.0.113.6/32"]},
           "destination": {"nets": ["%s/32", "172.29.1.99/32"], "ports": [%s]}}
          """
              .formatted(SERVER, FIRST, PORTS));
      assertOnlyTheseArrive(Probe.tcp(SERVER, FIRST, 1017));
    }

    private void apply(String rule) {
      lab.etcd()
          .put(
              Example.GATE,
              Example.policy(
                  "gate",
                  "\"order\": 1, \"selector\": \"role == 'client'\", \"types\": [\"Ingress\"], \"ingress\": ["
                      + rule
                      + "]"));
      lab.settle();
    }

    private void assertOnlyTheseArrive(Probe... expected) {
      var tried =
          List.of(
              Probe.tcp(SERVER, FIRST, 1017),
              Probe.tcp(SERVER, FIRST, 1018),
              Probe.tcp(SERVER, SECOND, 1017),
              Probe.tcp(SERVER, SECOND, 80),
              Probe.tcp(SECOND, FIRST, 1017),
              Probe.tcp(OUTSIDE, FIRST, 1000),
              Probe.tcp(OUTSIDE, SECOND, 1000),
              Probe.tcp("198.51.100.7", FIRST, 1000),
              Probe.udp(SERVER, FIRST, 1017));
      assertThat(lab.arrived(tried).stream().map(tried::get)).containsExactlyInAnyOrder(expected);
    }
  }
}
