package felix.agent;

import felix.health.HealthReport;
import felix.selector.Selector;
import felix.unix.FilePages;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the host. The serial collector takes more for its old generation whenever
 * that is full and looks for garbage there only at the ceiling, so that a third of the heap would
 * be what the start has left behind, for as long as the agent runs. It is asked to look when the
 * first state is in the kernel, and whenever the heap has grown by half: what all its pauses cost
 * together is in proportion to what was allocated. With it goes what the start has read, of
 * selectors and of files, and may not need again. On the thread that looks at the health.
 */
final class HeapKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(HeapKeeper.class);

  /** As large as the young generation is; how full that is says nothing. */
  static final long YOUNG_BYTES = 6 << 20;

  /** Less is not worth a pause. */
  static final long FIRST_LIMIT_BYTES = 24 << 20;

  private final LongSupplier used;
  private final Runnable collection;
  private long limit = FIRST_LIMIT_BYTES;
  private boolean started;

  /** The keeper of this process' heap. */
  static HeapKeeper ofProcess() {
    return new HeapKeeper(HeapKeeper::usedBytes, HeapKeeper::giveBack);
  }

  /**
   * A keeper of any heap.
   *
   * @param used bytes of the heap, garbage and all
   * @param collection leaves no garbage, and nothing that can be made again
   */
  HeapKeeper(LongSupplier used, Runnable collection) {
    this.used = used;
    this.collection = collection;
  }

  /** Looks at the heap. To be called about once a second. */
  void look(HealthReport health) {
    boolean starts = health.isReady() && !started;
    long before = used.getAsLong();
    if (starts || before > limit) {
      started |= starts;
      collection.run();
      long after = used.getAsLong();
      limit = Math.max(FIRST_LIMIT_BYTES, after + after / 2 + YOUNG_BYTES);
      LOG.debug("Heap: {} KiB used before a collection, {} after", before >> 10, after >> 10);
    }
  }

  private static void giveBack() {
    Selector.forgetParsed();
    System.gc();
    try {
      LOG.debug("Mappings of {} KiB given back", FilePages.giveBack() >> 10);
    } catch (IOException e) {
      LOG.debug("No file's pages given back: {}", e.getMessage());
    }
  }

  private static long usedBytes() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
