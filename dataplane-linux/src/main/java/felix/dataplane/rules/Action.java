package felix.dataplane.rules;

/** What a rule does. */
public sealed interface Action {
  /** Ends the way through this table; the packet lives on. */
  record Accept() implements Action {}

  record Drop() implements Action {}

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

  /** Writes a line to the kernel's log and goes on with the next rule. */
  record Log(LogPrefix prefix) implements Action {}
}
