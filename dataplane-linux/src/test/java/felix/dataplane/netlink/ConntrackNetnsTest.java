package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.ConntrackTuple.Detail;
import felix.model.IpVersion;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class ConntrackNetnsTest extends ConntrackContract {
  private static final long SEED = Long.getLong("test.seed", 20_260_101L);

  private static final Pattern FIELD =
      Pattern.compile("(src|dst)=\\S+|(sport|dport|id|zone)=[0-9]+");

  @Override
  ConntrackLab lab() {
    return new KernelConntrackLab();
  }

  @Test
  void theProgramListsTheSame() {
    var random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      var version = i % 2 == 0 ? IpVersion.V4 : IpVersion.V6;
      var original =
          new ConntrackTuple(
              RandomConnections.address(version, 1 + random.nextInt(9)),
              RandomConnections.address(version, 1 + random.nextInt(9)),
              i % 3 == 0 ? 6 : 17,
              new Detail.Ports(1_000 + i, 1 + random.nextInt(60_000)),
              0);
      lab.add(original, turned(original), random.nextInt(3));
    }
    for (var version : IpVersion.values()) {
      assertThat(conntrack.list(version, entry -> true).stream().map(ConntrackNetnsTest::fields))
          .as("seed %d", SEED)
          .hasSize(30)
          .containsExactlyInAnyOrderElementsOf(
              KernelConntrackLab.lines(version).stream().map(ConntrackNetnsTest::fields).toList());
    }
  }

  private static String fields(ConntrackEntry entry) {
    return fields(entry.original())
        + fields(entry.reply())
        + (entry.zone() == 0 ? "" : "zone=" + entry.zone() + " ")
        + "id="
        + Integer.toUnsignedString(entry.id())
        + " ";
  }

  private static String fields(ConntrackTuple tuple) {
    var ports = (Detail.Ports) tuple.detail();
    return "src=%s dst=%s sport=%d dport=%d "
        .formatted(tuple.source(), tuple.destination(), ports.source(), ports.destination());
  }

  private static String fields(String line) {
    return FIELD
        .matcher(line)
        .results()
        .map(field -> field.group() + " ")
        .reduce("", String::concat);
  }
}
