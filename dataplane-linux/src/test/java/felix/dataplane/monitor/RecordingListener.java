package felix.dataplane.monitor;

import felix.dataplane.netlink.RtnetlinkEvents.Received;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what it is told; may be looked at from another thread. */
final class RecordingListener implements KernelListener {
  final BlockingQueue<InterfaceChange> interfaces = new LinkedBlockingQueue<>();
  final BlockingQueue<Received> events = new LinkedBlockingQueue<>();

  @Override
  public void onInterface(InterfaceChange change) {
    interfaces.add(change);
  }

  @Override
  public void onEvents(Received received) {
    events.add(received);
  }
}
