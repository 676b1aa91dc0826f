package felix.dataplane;

import felix.dataplane.reconcile.ApplyOutcome;
import felix.dataplane.reconcile.Driver;
import felix.dataplane.reconcile.KernelException;
import java.time.Duration;
import java.util.List;

/** A driver that notes its calls, and answers as it is told. */
final class FakeDriver implements Driver {
  private final String name;
  private final List<String> log;
  private ApplyOutcome outcome = ApplyOutcome.IN_SYNC;
  private boolean writing;
  private long writes;
  private boolean inDoubt;
  private boolean besides;
  private boolean reading;
  private boolean read;
  int resyncs;
  int applies;

  FakeDriver(String name, List<String> log) {
    this.name = name;
    this.log = log;
  }

  void answer(ApplyOutcome next) {
    outcome = next;
  }

  void failFor(Duration pause) {
    outcome = new ApplyOutcome.Retry(pause, new KernelException(name, "refused"));
  }

  void write(boolean nowWriting) {
    writing = nowWriting;
  }

  /** From now on a refresh takes until {@link #hasReadAll}. */
  void readsBeside() {
    besides = true;
  }

  void hasReadAll() {
    read = reading;
    reading = false;
  }

  @Override
  public boolean refresh() {
    if (besides) {
      reading = true;
      return false;
    }
    return Driver.super.refresh();
  }

  @Override
  public boolean hasRead() {
    return read;
  }

  @Override
  public boolean isReading() {
    return reading;
  }

  @Override
  public String name() {
    return name;
  }

  /** Hears of something that it did not do. */
  void doubt() {
    inDoubt = true;
  }

  @Override
  public void onEventsLost() {
    inDoubt = true;
  }

  @Override
  public boolean isInDoubt() {
    return inDoubt;
  }

  @Override
  public void queueResync() {
    resyncs++;
    inDoubt = false;
  }

  @Override
  public ApplyOutcome apply() {
    log.add(name);
    applies++;
    writes += writing ? 1 : 0;
    read = false;
    reading &= !writing;
    return outcome;
  }

  @Override
  public long writes() {
    return writes;
  }
}
