package felix.dataplane.netlink;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events of a fake kernel; may be received on another thread than they happen on. */
final class FakeEvents implements RtnetlinkEvents {
  private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();

  void add(RtnetlinkEvent event) {
    queue.add(new Happened(List.of(event)));
  }

  void lose() {
    queue.clear();
    queue.add(new Lost());
  }

  @Override
  public Received receive() {
    try {
      Received received = queue.poll(50, TimeUnit.MILLISECONDS);
      return received == null ? new Happened(List.of()) : received;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {}
}
