package felix.dataplane.manager;

import felix.delta.DataplaneDelta;
import felix.verdict.PolicyState;

/** Keeps what policy says, and has connections looked at when it says something else. */
public final class PolicyWatch implements Manager {
  private final PolicyState state;
  private final Runnable onChange;

  /**
   * A watch over policy that is not known yet.
   *
   * @param onChange called where a delta may have changed a verdict
   */
  public PolicyWatch(PolicyState state, Runnable onChange) {
    this.state = state;
    this.onChange = onChange;
  }

  @Override
  public void absorb(DataplaneDelta delta) {
    if (state.absorb(delta.local())) {
      onChange.run();
    }
  }
}
