package felix.lab;

import java.util.List;

/** A place where probes leave and come in. */
interface Ear extends AutoCloseable {
  /** Sends a packet in its Ethernet frame. */
  void send(byte[] frame);

  /** The lab's packets that came in since the last call; does not wait. */
  List<LabPacket> received();

  @Override
  void close();
}
