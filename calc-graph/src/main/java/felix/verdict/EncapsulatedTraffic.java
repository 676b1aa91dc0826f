package felix.verdict;

import felix.verdict.Connection.Payload;

/**
 * Packets wrapped as the overlay does. Workloads may not send them, lest they get round their
 * policy; also where there is no overlay.
 *
 * @param vxlanPort UDP port of VXLAN ({@code VXLANPort})
 * @param vxlanAllowed whether they may after all ({@code AllowVXLANPacketsFromWorkloads})
 * @param ipipAllowed likewise ({@code AllowIPIPPacketsFromWorkloads})
 */
public record EncapsulatedTraffic(int vxlanPort, boolean vxlanAllowed, boolean ipipAllowed) {
  private static final int IP_IN_IP = 4;
  private static final int UDP = 17;

  boolean denies(Connection connection) {
    boolean vxlan =
        connection.protocol() == UDP
            && connection.payload() instanceof Payload.Ports(int from, int to)
            && to == vxlanPort;
    boolean ipip = connection.protocol() == IP_IN_IP;
    return (vxlan && !vxlanAllowed) || (ipip && !ipipAllowed);
  }
}
