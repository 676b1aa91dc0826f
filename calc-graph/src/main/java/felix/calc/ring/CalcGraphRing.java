package felix.calc.ring;

import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import felix.calc.GraphSettings;
import felix.delta.DeltaSink;
import felix.latency.Stamp;
import felix.model.ResourceUpdate;
import felix.ring.DeadlineWait;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ring from the datastore's thread to the calculation graph, and the thread {@code calc-graph}
 * that empties it. One handler: a second one would spin while it waits for the first.
 *
 * <p>An exception in the graph is a bug. It goes to {@code onFault}, once; after it events are
 * dropped and nothing is offered any more, since the graph's memory may be half changed.
 */
public final class CalcGraphRing implements DatastoreSink, AutoCloseable {
  /** One may hold what a thousand revisions changed; whoever finds them full waits. */
  private static final int SLOTS = 1_024;

  private static final long FULL_PARK_NANOS = 200_000;
  private static final long CLOSE_MILLIS = 10_000;

  private final CalcGraphHandler handler;
  private final Disruptor<DatastoreEvent> disruptor;
  private volatile @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * Makes a ring that does nothing until {@link #start}.
   *
   * @param sink called by the thread of the ring
   * @param onFault likewise; expected to end the process
   */
  public CalcGraphRing(GraphSettings settings, DeltaSink sink, Consumer<Throwable> onFault) {
    this(settings, sink, onFault, () -> {});
  }

  /**
   * Likewise.
   *
   * @param everyTurn called by the thread for each event, and about once a second without any
   */
  public CalcGraphRing(
      GraphSettings settings, DeltaSink sink, Consumer<Throwable> onFault, Runnable everyTurn) {
    this(new CalcGraphHandler(settings, sink, everyTurn), onFault, SLOTS);
  }

  /** A ring of another size: a power of two. */
  CalcGraphRing(GraphSettings settings, DeltaSink sink, Consumer<Throwable> onFault, int slots) {
    this(new CalcGraphHandler(settings, sink, () -> {}), onFault, slots);
  }

  private CalcGraphRing(CalcGraphHandler handler, Consumer<Throwable> onFault, int slots) {
    this.handler = handler;
    disruptor =
        new Disruptor<>(
            DatastoreEvent::new,
            slots,
            this::newThread,
            ProducerType.SINGLE,
            new DeadlineWait(handler::nanosUntilDue));
    disruptor.setDefaultExceptionHandler(new FaultForwarder(onFault));
    disruptor.handleEventsWith(handler);
  }

  /** The library's own handler would end the thread and leave the producer blocked. */
  private final class FaultForwarder implements ExceptionHandler<DatastoreEvent> {
    private final Consumer<Throwable> onFault;

    FaultForwarder(Consumer<Throwable> onFault) {
      this.onFault = onFault;
    }

    @Override
    public void handleEventException(Throwable fault, long sequence, DatastoreEvent event) {
      handler.stop();
      onFault.accept(fault);
    }

    @Override
    public void handleOnStartException(Throwable fault) {
      handleEventException(fault, -1, new DatastoreEvent());
    }

    @Override
    public void handleOnShutdownException(Throwable fault) {
      handleEventException(fault, -1, new DatastoreEvent());
    }
  }

  /** Starts the thread. Once. */
  public void start() {
    disruptor.start();
  }

  /** Waits for the batch at hand, then ends the thread; what is still in the ring is dropped. */
  @Override
  public void close() {
    closed = true;
    disruptor.halt();
    Thread running = thread;
    if (running == null || running.equals(Thread.currentThread())) {
      return;
    }
    try {
      running.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void snapshot(long revision, List<ResourceUpdate> resources) {
    publish(event -> event.snapshot(revision, resources));
  }

  @Override
  public void updates(long revision, List<ResourceUpdate> updates, long received) {
    Stamp stamp = Stamp.decoded(received, System.nanoTime());
    publish(event -> event.updates(revision, updates, stamp));
  }

  /**
   * When the thread last finished an event, or came round, by {@link System#nanoTime}: more than
   * some seconds ago means that it is stuck. Any thread.
   */
  public long lastProgressNanos() {
    return handler.lastProgressNanos();
  }

  /** For metrics. */
  public GraphStatus status() {
    return handler.status();
  }

  private void publish(Consumer<DatastoreEvent> filling) {
    RingBuffer<DatastoreEvent> ring = disruptor.getRingBuffer();
    boolean interrupted = false;
    while (!closed) {
      try {
        long sequence = ring.tryNext();
        filling.accept(ring.get(sequence));
        ring.publish(sequence);
        break;
      } catch (InsufficientCapacityException full) {
        LockSupport.parkNanos(FULL_PARK_NANOS);
        // An interrupted thread would not park. It may be let in again when the event is in.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newThread(Runnable body) {
    thread = new Thread(body, "calc-graph");
    return thread;
  }
}
