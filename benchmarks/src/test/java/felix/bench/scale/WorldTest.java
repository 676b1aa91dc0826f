package felix.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final Pattern ADDRESS = Pattern.compile("\"ipNetworks\":\\[\"([^\"]+)\"");

  private final World world = new World(Plan.parse("local=300", "remote=30000", "policies=900"));

  @Test
  void everyKeyAndEveryAddressIsThereOnce() {
    var entries = world.entries().toList();
    assertThat(entries.stream().map(Entry::key)).doesNotHaveDuplicates();
    assertThat(addresses(entries)).hasSize(30_300).doesNotHaveDuplicates();
  }

  @Test
  void whatComesLaterHasItsOwnAddress() {
    assertThat(addresses(world.entries().toList()))
        .doesNotContainAnyElementsOf(addresses(List.of(world.comes(0), world.comes(9))));
  }

  @Test
  void anotherVersionOfAnEndpointIsTheSameEndpointInAnotherService() {
    var before = world.remote(77, 0);
    var after = world.remote(77, 1);
    assertThat(after.key()).isEqualTo(before.key());
    assertThat(addresses(List.of(after))).isEqualTo(addresses(List.of(before)));
    assertThat(after.value()).isNotEqualTo(before.value());
  }

  private static List<String> addresses(List<Entry> entries) {
    return entries.stream()
        .flatMap(entry -> ADDRESS.matcher(entry.value()).results())
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
