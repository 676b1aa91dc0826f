package felix.dataplane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.Lab;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.netlink.RtnetlinkEvents.Happened;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.dataplane.netlink.RtnetlinkObject;
import felix.dataplane.netlink.Samples;
import felix.model.Ip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the monitor tells of a kernel, real or fake. */
@Timeout(60)
abstract class InterfaceMonitorContract {
  private final RecordingListener listener = new RecordingListener();
  private final BlockingQueue<InterfaceChange> told = listener.interfaces;
  private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
  private Lab lab;
  private InterfaceMonitor monitor;

  abstract Lab lab();

  @BeforeEach
  void start() {
    lab = lab();
    lab.addLink("early");
    lab.up("early");
    monitor =
        new InterfaceMonitor(
            lab.netlink(), Duration.ofMinutes(5), Filters.OURS, listener, faults::add);
    monitor.start();
  }

  @AfterEach
  void close() {
    monitor.close();
    lab.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void allInterfacesAreToldFirst() throws InterruptedException {
    InterfaceChange early = next("early", change -> true);

    assertThat(early.present()).isTrue();
    assertThat(early.up()).isTrue();
  }

  @Test
  void lifeOfAnInterface() throws InterruptedException {
    next("early", change -> true);
    int index = lab.addLink("cali1");
    assertThat(next("cali1", InterfaceChange::present).index()).isEqualTo(index);

    lab.up("cali1");
    next("cali1", InterfaceChange::up);

    lab.addAddress("cali1", "10.0.0.1/24");
    next("cali1", change -> change.addresses().contains(Ip.parse("10.0.0.1")));

    lab.loseCarrier("cali1");
    next("cali1", change -> !change.up());

    lab.rename("early", "late");
    next("early", change -> !change.present());
    next("late", InterfaceChange::present);

    lab.delete("cali1");
    next("cali1", change -> !change.present());

    int again = lab.addLink("cali1");
    assertThat(next("cali1", InterfaceChange::present).index())
        .isEqualTo(again)
        .isNotEqualTo(index);
  }

  @Test
  void nothingIsToldTwice() throws InterruptedException {
    next("early", change -> true);
    for (int i = 0; i < 20; i++) {
      lab.addLink("cali" + i);
      lab.up("cali" + i);
    }
    var seen = new ArrayList<InterfaceChange>();
    while (seen.stream().noneMatch(change -> change.name().equals("cali19") && change.up())) {
      seen.add(told.take());
    }
    for (int i = 0; i < 20; i++) {
      String name = "cali" + i;
      List<InterfaceChange> ofOne =
          seen.stream().filter(change -> change.name().equals(name)).toList();
      for (int k = 1; k < ofOne.size(); k++) {
        assertThat(ofOne.get(k)).isNotEqualTo(ofOne.get(k - 1));
      }
    }
  }

  @Test
  void closeEndsTheThread() throws InterruptedException {
    next("early", change -> true);
    long before = System.nanoTime();
    monitor.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("iface-monitor");
  }

  @Test
  void whatMayConcernUsIsToldAfterItsInterface() throws InterruptedException {
    try (Rtnetlink hand = lab.netlink().connect()) {
      next("early", change -> true);
      int cali1 = lab.addLink("cali1");
      int eth1 = lab.addLink("eth1");
      lab.up("cali1");
      lab.up("eth1");
      hand.execute(
          List.of(
              Samples.add(Samples.route("10.0.0.1/32", eth1)),
              Samples.add(Samples.neighbour("10.0.0.1", "02:00:00:00:00:01", eth1)),
              Samples.add(Samples.route("10.0.0.2/32", cali1)),
              Samples.add(Samples.route("10.0.0.3/32", eth1, Filters.OUR_PROTOCOL))));

      var seen = new ArrayList<RtnetlinkObject>();
      while (!seen.contains(Samples.route("10.0.0.3/32", eth1, Filters.OUR_PROTOCOL))) {
        Received received = listener.events.poll(30, TimeUnit.SECONDS);
        assertThat(received).as("seen: %s", seen).isInstanceOf(Happened.class);
        if (received instanceof Happened happened) {
          happened.events().forEach(event -> seen.add(event.object()));
        }
      }
      assertThat(seen)
          .contains(Samples.route("10.0.0.2/32", cali1))
          .doesNotContain(
              Samples.route("10.0.0.1/32", eth1),
              Samples.neighbour("10.0.0.1", "02:00:00:00:00:01", eth1));
      assertThat(told).anyMatch(change -> change.index() == cali1);
    }
  }

  /** Skips what is told until something of this kind comes. */
  private InterfaceChange next(String name, Predicate<InterfaceChange> which)
      throws InterruptedException {
    while (true) {
      InterfaceChange change = told.poll(30, TimeUnit.SECONDS);
      if (change == null) {
        throw new AssertionError("nothing was told of " + name);
      }
      if (change.name().equals(name) && which.test(change)) {
        return change;
      }
    }
  }
}
