package felix.dataplane;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventTranslatorOneArg;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import felix.dataplane.monitor.InterfaceChange;
import felix.dataplane.monitor.KernelListener;
import felix.dataplane.netlink.RtnetlinkEvents.Received;
import felix.delta.DataplaneDelta;
import felix.delta.DeltaSink;
import felix.ring.DeadlineWait;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the dataplane thread, for any thread: takes deltas from the calculation graph and news
 * of the kernel from the monitor. An exception on the dataplane thread is a bug: it goes to the
 * fault handler, and from then on nothing is taken and nothing is written.
 */
public final class DataplaneRing implements DeltaSink, KernelListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataplaneRing.class);

  private static final int SLOTS = 1024;
  private static final Duration PAUSE_WHEN_FULL = Duration.ofMillis(1);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final Disruptor<DataplaneEvent> disruptor;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;
  private volatile long monitorsTurn = System.nanoTime();

  /**
   * A ring that is not started yet.
   *
   * @param dataplanes one a family, fed with the same deltas
   * @param surroundings called on the dataplane thread
   */
  public DataplaneRing(
      List<Dataplane> dataplanes, DataplaneStatus status, Surroundings surroundings) {
    this(
        new DataplaneHandler(Families.atOnce(dataplanes), status, surroundings),
        surroundings.onFault());
  }

  private DataplaneRing(DataplaneHandler handler, Consumer<Throwable> onFault) {
    this(handler, handler::nanosUntilDue, SLOTS, onFault);
  }

  /**
   * With another handler.
   *
   * @param nanosUntilDue as {@link DeadlineWait} asks
   */
  DataplaneRing(
      EventHandler<DataplaneEvent> handler,
      LongSupplier nanosUntilDue,
      int slots,
      Consumer<Throwable> onFault) {
    this.disruptor =
        new Disruptor<>(
            DataplaneEvent::new,
            slots,
            this::newThread,
            ProducerType.MULTI,
            new DeadlineWait(nanosUntilDue));
    disruptor.setDefaultExceptionHandler(new Fault(onFault));
    disruptor.handleEventsWith(new UntilStopped(handler));
  }

  public void start() {
    disruptor.start();
  }

  /** Refuses while all slots are taken: the dataplane is busy with what came before. */
  @Override
  public boolean offer(DataplaneDelta delta) {
    return !stopped
        && disruptor.getRingBuffer().tryPublishEvent((event, at, d) -> event.delta = d, delta);
  }

  @Override
  public void onTurn() {
    monitorsTurn = System.nanoTime();
  }

  /** When the monitor's thread last came round, by {@link System#nanoTime}. Any thread. */
  public long lastMonitorProgress() {
    return monitorsTurn;
  }

  @Override
  public void onInterface(InterfaceChange change) {
    publish((event, at, c) -> event.interfaceChange = c, change);
  }

  @Override
  public void onEvents(Received received) {
    publish((event, at, r) -> event.received = r, received);
  }

  /**
   * Something that was read beside is there to be looked at. Any thread. A slot with nothing in it
   * wakes the handler; where all slots are taken it is awake.
   */
  void onRead() {
    if (!stopped) {
      disruptor.getRingBuffer().tryPublishEvent((event, at) -> {});
    }
  }

  /** Has the kernel read at other intervals; waits as all news do. */
  void refresh(RefreshIntervals intervals) {
    publish((event, at, r) -> event.refresh = r, intervals);
  }

  /**
   * Waits while all slots are taken: the monitor's socket buffers what comes meanwhile, and all is
   * listed anew should that not suffice. Returns without having delivered it once the ring is
   * closed or the calling thread is interrupted.
   */
  private <T> void publish(EventTranslatorOneArg<DataplaneEvent, T> into, T news) {
    while (!stopped
        && !Thread.currentThread().isInterrupted()
        && !disruptor.getRingBuffer().tryPublishEvent(into, news)) {
      onTurn(); // it is not the monitor that is stuck
      LockSupport.parkNanos(PAUSE_WHEN_FULL.toNanos());
    }
  }

  /**
   * Ends the thread once it is done with the batch at hand, and waits for that, but not for long.
   * The kernel is left as it is.
   */
  @Override
  public void close() {
    stopped = true;
    disruptor.halt();
    Thread running = thread;
    if (running == null || running.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!running.join(PATIENCE_AT_CLOSE)) {
        LOG.warn("the dataplane thread is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newThread(Runnable work) {
    var made = new Thread(work, "dataplane");
    thread = made;
    return made;
  }

  /** Lets the handler see nothing once the ring is stopped, whatever waits in it. */
  private final class UntilStopped implements EventHandler<DataplaneEvent> {
    private final EventHandler<DataplaneEvent> handler;

    UntilStopped(EventHandler<DataplaneEvent> handler) {
      this.handler = handler;
    }

    @Override
    public void onEvent(DataplaneEvent event, long sequence, boolean endOfBatch) throws Exception {
      if (!stopped) {
        handler.onEvent(event, sequence, endOfBatch);
      }
    }

    @Override
    public void onTimeout(long sequence) throws Exception {
      if (!stopped) {
        handler.onTimeout(sequence);
      }
    }
  }

  /** The library's own would end the thread and leave the producers waiting. */
  private final class Fault implements ExceptionHandler<DataplaneEvent> {
    private final Consumer<Throwable> onFault;

    Fault(Consumer<Throwable> onFault) {
      this.onFault = onFault;
    }

    @Override
    public void handleEventException(Throwable fault, long sequence, DataplaneEvent event) {
      stopped = true;
      onFault.accept(fault);
    }

    @Override
    public void handleOnStartException(Throwable fault) {
      stopped = true;
      onFault.accept(fault);
    }

    @Override
    public void handleOnShutdownException(Throwable fault) {
      onFault.accept(fault);
    }
  }
}
