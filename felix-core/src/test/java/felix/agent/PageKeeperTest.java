package felix.agent;

import static org.assertj.core.api.Assertions.assertThat;

import felix.health.Health;
import felix.health.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageKeeperTest {
  private int look;
  private final List<Integer> given = new ArrayList<>();
  private final PageKeeper keeper = new PageKeeper(() -> given.add(look));

  @Test
  void givesNothingBackBeforeTheStartIsOver() {
    looks(false, 10);
    assertThat(given).isEmpty();
  }

  @Test
  void givesBackMoreAndMoreSeldom() {
    looks(false, 4);
    looks(true, 20);
    assertThat(given).containsExactly(5, 6, 8, 12, 20);
  }

  @Test
  void isNotToldOfASecondStart() {
    looks(true, 3);
    looks(false, 3);
    looks(true, 3);
    assertThat(given).containsExactly(1, 2, 4, 8);
  }

  private void looks(boolean ready, int times) {
    var health = new Health(new Limits());
    if (ready) {
      health.running(List.of(), List.of(Optional::empty), () -> "");
    }
    for (int i = 0; i < times; i++) {
      look++;
      keeper.look(health.look());
    }
  }
}
