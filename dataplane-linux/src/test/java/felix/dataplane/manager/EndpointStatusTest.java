package felix.dataplane.manager;

import static felix.dataplane.DeltaBuilder.workload;
import static felix.dataplane.DeltaBuilder.workloadKey;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.DeltaBuilder;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.rules.RuleSettings;
import felix.dataplane.status.EndpointReport;
import felix.dataplane.status.EndpointStatusSink;
import felix.dataplane.status.HostReports;
import felix.delta.ActiveHost;
import felix.model.EndpointKey;
import felix.model.HostEndpointKey;
import felix.model.WorkloadEndpointKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointStatusTest {
  private final DeltaBuilder cluster = new DeltaBuilder();
  private final EndpointStatusManager v4 =
      new EndpointStatusManager(RuleSettings.defaults()::isHost);
  private final EndpointStatusManager v6 =
      new EndpointStatusManager(RuleSettings.defaults()::isHost);
  private final List<String> told = new ArrayList<>();
  private final HostReports host = new HostReports(new Recorder());

  private final class Recorder implements EndpointStatusSink {
    @Override
    public void offer(EndpointKey key, @Nullable EndpointReport report) {
      String state = report == null ? "gone" : report.state().text();
      String name =
          switch (key) {
            case WorkloadEndpointKey workload -> workload.workload();
            case HostEndpointKey host -> "host " + host.name();
          };
      told.add(name + " " + state);
    }

    @Override
    public void complete() {
      told.add("complete");
    }
  }

  @Test
  void endpointIsUpOnceTheKernelHoldsItInBothFamilies() {
    cluster.workload("a", workload("cali1", "calico", "web", "10.0.0.1"));
    absorb();
    link("cali1", true);
    tell();
    v4.applied(true, Set.of());
    assertThat(tell()).isEmpty();
    v6.applied(true, Set.of());
    assertThat(tell()).containsExactly(name("a") + " up", "complete");
    assertThat(tell()).isEmpty();
  }

  @Test
  void endpointWithoutItsInterfaceIsDown() {
    cluster.workload("a", workload("cali1", "calico", "web", "10.0.0.1"));
    absorb();
    applied(true);
    assertThat(tell()).containsExactly(name("a") + " down", "complete");
    link("cali1", true);
    assertThat(tell()).isEmpty();
    applied(true);
    assertThat(tell()).containsExactly(name("a") + " up");
    link("cali1", false);
    applied(true);
    assertThat(tell()).containsExactly(name("a") + " down");
  }

  @Test
  void hostEndpointsFareAsTheirInterfacesDo() {
    cluster
        .host("b", new ActiveHost("eth0", List.of(), ActiveHost.Policies.NONE, List.of(), null))
        .host("a", new ActiveHost("*", List.of(), ActiveHost.Policies.NONE, List.of(), null));
    absorb();
    applied(true);
    assertThat(tell()).containsExactlyInAnyOrder("host a up", "host b error", "complete");
    link("eth0", true);
    assertThat(tell()).isEmpty();
    applied(true);
    assertThat(tell()).containsExactly("host b up");
    link("eth0", false);
    applied(true);
    assertThat(tell()).containsExactly("host b down");
    cluster.host("a", null);
    absorb();
    applied(false);
    assertThat(tell()).containsExactlyInAnyOrder("host a gone", "host b error");
    applied(true);
    assertThat(tell()).containsExactly("host b down");
  }

  @Test
  void whatTheKernelRefusesIsAnErrorOfThoseWhoNeedItOnly() {
    up("a", "cali1", "10.0.0.1");
    tell();
    up("b", "cali2", "10.0.0.2");
    assertThat(tell()).containsExactly(name("b") + " up");

    v4.applied(true, Set.of());
    v6.applied(true, Set.of("cali2"));
    assertThat(tell()).containsExactly(name("b") + " error");
    applied(true);
    assertThat(tell()).containsExactly(name("b") + " up");
  }

  @Test
  void tablesThatAreRefusedAreAnErrorOfWhoIsNewOnly() {
    up("a", "cali1", "10.0.0.1");
    tell();
    cluster.workload("b", workload("cali2", "calico", "web", "10.0.0.2"));
    absorb();
    link("cali2", true);
    applied(false);
    assertThat(tell()).containsExactly(name("b") + " error");
    applied(true);
    assertThat(tell()).containsExactly(name("b") + " up");
  }

  @Test
  void endpointThatGoesIsGoneAtOnce() {
    up("a", "cali1", "10.0.0.1");
    tell();
    cluster.workload("a", null);
    absorb();
    assertThat(tell()).containsExactly(name("a") + " gone");
  }

  @Test
  void ofTwoWithOneInterfaceOnlyTheOneThatHasItIsReported() {
    up("b", "cali1", "10.0.0.2");
    tell();
    up("a", "cali1", "10.0.0.1");
    assertThat(tell()).containsExactlyInAnyOrder(name("b") + " gone", name("a") + " up");
    cluster.workload("a", null);
    absorb();
    applied(true);
    assertThat(tell()).containsExactlyInAnyOrder(name("a") + " gone", name("b") + " up");
  }

  @Test
  void endpointThatMovesToAnotherInterfaceIsReportedAnew() {
    up("a", "cali1", "10.0.0.1");
    tell();
    up("a", "cali2", "10.0.0.1");
    assertThat(tell()).containsExactly(name("a") + " up");
  }

  private void up(String endpoint, String link, String address) {
    cluster.workload(endpoint, workload(link, "calico", "web", address));
    absorb();
    link(link, true);
    applied(true);
  }

  private static String name(String endpoint) {
    return workloadKey(endpoint).workload();
  }

  private void absorb() {
    var delta = cluster.take();
    v4.absorb(delta);
    v6.absorb(delta);
  }

  private void link(String name, boolean up) {
    var change = new InterfaceChange(name, 7, true, up, 1500, Set.of());
    v4.onInterface(change);
    v6.onInterface(change);
  }

  private void applied(boolean served) {
    v4.applied(served, Set.of());
    v6.applied(served, Set.of());
  }

  private List<String> tell() {
    told.clear();
    host.tell(List.of(v4, v6));
    return List.copyOf(told);
  }
}
