package felix.dataplane.route;

import felix.model.Ip;

/**
 * Addresses of workloads that left. Connections of theirs must not reach whoever has the address
 * next.
 */
public interface VacatedAddresses {
  /** Nobody cares. */
  VacatedAddresses NONE =
      new VacatedAddresses() {
        @Override
        public void vacated(Ip address) {}

        @Override
        public boolean claimed(Ip address) {
          return true;
        }

        @Override
        public boolean isFree(Ip address) {
          return true;
        }

        @Override
        public void occupied(Ip address) {}
      };

  /** It is led nowhere from now on, or no more to where it was. */
  void vacated(Ip address);

  /**
   * Somebody wants it.
   *
   * @return {@link #isFree}
   */
  boolean claimed(Ip address);

  /** Whether whoever wants it may have it: the old connections are gone, or cannot be removed. */
  boolean isFree(Ip address);

  /** Somebody has it: connections of its are from now on that one's. */
  void occupied(Ip address);
}
