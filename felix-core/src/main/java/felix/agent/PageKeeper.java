package felix.agent;

import felix.health.HealthReport;
import felix.unix.FilePages;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the host back the pages of files that only the start has needed: when it is over, and again
 * at each doubling of the time since, for what follows a start takes a while. What the agent goes
 * on to use comes back by itself. On the thread that looks at the health.
 */
final class PageKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(PageKeeper.class);

  private final Runnable giveBack;
  private long looks;
  private long next = 1;

  /** The keeper of this process' pages. */
  static PageKeeper ofProcess() {
    var pages = new FilePages();
    return new PageKeeper(() -> giveBack(pages));
  }

  /** A keeper of any pages. */
  PageKeeper(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  /** To be called about once a second. */
  void look(HealthReport health) {
    if (looks == 0 && !health.isReady()) {
      return;
    }
    looks++;
    if (looks == next) {
      next *= 2;
      giveBack.run();
    }
  }

  private static void giveBack(FilePages pages) {
    try {
      LOG.debug("Mappings of {} KiB given back", pages.giveBack() >> 10);
    } catch (IOException e) {
      LOG.debug("No pages of files given back: {}", e.getMessage());
    }
  }
}
