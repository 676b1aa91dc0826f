package felix.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MappingTest {
  private static final String AOT = "/opt/calico-felix/lib/classes.aot";

  @Test
  void aFileThatNobodyWritesToMayGo() {
    assertThat(mayGo("1f000000-206f4000 r--p 01300000 fe:00 77  " + AOT, 0, 0)).isTrue();
    assertThat(mayGo("7f0000000000-7f0000001000 r-xp 0 fe:00 78 /usr/lib/jvm/libjvm.so", 0, 0))
        .isTrue();
  }

  @Test
  void aPageThatWasWrittenWhileThatWasAllowedStays() {
    assertThat(mayGo("1f000000-206f4000 r--p 01300000 fe:00 77  " + AOT, 4, 0)).isFalse();
  }

  @Test
  void soDoesOneThatIsSwappedOut() {
    assertThat(mayGo("1f000000-206f4000 r--p 01300000 fe:00 77  " + AOT, 0, 4)).isFalse();
  }

  @Test
  void whatCanBeWrittenToStays() {
    assertThat(mayGo("1f000000-206f4000 rw-p 01300000 fe:00 77  " + AOT, 0, 0)).isFalse();
  }

  @Test
  void whatHasNoFileStays() {
    assertThat(mayGo("d0000000-d1000000 r--p 00000000 00:00 0 ", 0, 0)).isFalse();
    assertThat(mayGo("d0000000-d1000000 r--p 00000000 00:00 0", 0, 0)).isFalse();
  }

  @Test
  void figuresBelongToTheMappingAboveThem() {
    List<Mapping> all =
        Mapping.all(
            List.of(
                "1000-3000 r--p 00000000 fe:00 77                         /a b.aot",
                "Rss:                  8 kB",
                "Anonymous:            4 kB",
                "VmFlags: rd mr mw me sd",
                "fffffffffffff000-ffffffffffffffff --xp 00000000 00:00 0  [vsyscall]",
                "Anonymous:            0 kB",
                "Swap:                 0 kB"));
    assertThat(all)
        .containsExactly(
            new Mapping(0x1000, 0x3000, "/a b.aot", false, 4),
            new Mapping(-4096, -1, "[vsyscall]", false, 0));
    assertThat(all.getFirst().bytes()).isEqualTo(0x2000);
  }

  private static boolean mayGo(String head, int anonymousKib, int swapKib) {
    return Mapping.all(
            List.of(
                head,
                "Size:              23504 kB",
                "Rss:               23504 kB",
                "Anonymous:         %8d kB".formatted(anonymousKib),
                "Swap:              %8d kB".formatted(swapKib),
                "VmFlags: rd mr mw me sd"))
        .getFirst()
        .isOfFileAlone();
  }
}
