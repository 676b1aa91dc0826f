package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.RtnetlinkEvents.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExcludedInterfacesTest implements KernelListener {
  private final List<String> heard = new ArrayList<>();

  @Override
  public void onInterface(InterfaceChange change) {
    heard.add(change.name());
  }

  @Override
  public void onEvents(Received received) {
    heard.add("events");
  }

  @Test
  void namesAndExpressionsAreKeptBackButOursAreNot() {
    var excluded =
        new ExcludedInterfaces(
            List.of("^kube-ipvs0$", "veth", "cali1"), name -> name.startsWith("cali"), this);
    for (var name : List.of("eth0", "kube-ipvs0", "kube-ipvs01", "myveth3", "cali1")) {
      excluded.onInterface(new InterfaceChange(name, 1, true, true, 1500, Set.of()));
    }
    assertThat(heard).containsExactly("eth0", "kube-ipvs01", "cali1");
  }

  @Test
  void anExpressionThatNeverEndsExcludesNothing() {
    var excluded = new ExcludedInterfaces(List.of("(a?){40}b"), name -> false, this);
    excluded.onInterface(new InterfaceChange("aaaaaaaaaaaaaaa", 1, true, true, 1500, Set.of()));
    assertThat(heard).containsExactly("aaaaaaaaaaaaaaa");
  }
}
