package felix.dataplane.rules;

import felix.model.Ip;
import felix.model.PortRange;
import org.jspecify.annotations.Nullable;

/** What a rule does. */
public sealed interface Action {
  /** Ends the way through this table; the packet lives on. */
  record Accept() implements Action {}

  record Drop() implements Action {}

  /** Drops it and tells its sender so, by ICMP. In the filter table only. */
  record Reject() implements Action {}

  /** Goes back to where this chain was jumped to from. */
  record Return() implements Action {}

  /** Goes through another chain and comes back. */
  record Jump(String chain) implements Action {
    public Jump {
      Tokens.checkChain(chain);
    }
  }

  /** Goes on in another chain; its return is this chain's return. */
  record Goto(String chain) implements Action {
    public Goto {
      Tokens.checkChain(chain);
    }
  }

  record SetMark(int bits) implements Action {}

  record ClearMark(int bits) implements Action {}

  /** Makes the bits of the mask equal to those of the value. */
  record SetMaskedMark(int value, int mask) implements Action {}

  /** Has connection tracking leave the packet alone, and goes on with the next rule. */
  record NoTrack() implements Action {}

  /**
   * Gives the connection the address of the interface that it leaves through.
   *
   * @param ports to choose its source port from, only beside a match of a protocol with ports; null
   *     for one near its own
   * @param fullyRandom whether the port is chosen at random
   */
  record Masquerade(@Nullable PortRange ports, boolean fullyRandom) implements Action {}

  /** Gives the connection another source address; ports as in {@link Masquerade}. */
  record SourceNat(Ip address, @Nullable PortRange ports, boolean fullyRandom) implements Action {}

  /** Gives the connection another destination, whose port is as it was. */
  record DestinationNat(Ip address) implements Action {}

  /**
   * Writes the differentiated services field of the packet (RFC 2474) and goes on with the next
   * rule. In the mangle table only.
   */
  record SetDscp(int value) implements Action {
    private static final int MAX = 63;

    public SetDscp {
      if (value < 0 || value > MAX) {
        throw new IllegalArgumentException("not a DSCP: " + value);
      }
    }
  }

  /** Writes a line to the kernel's log and goes on with the next rule. */
  record Log(LogPrefix prefix) implements Action {}
}
