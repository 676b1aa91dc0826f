package felix.agent;

import java.time.Duration;

/**
 * Faults that are wanted, to see what notices them; zero for none.
 *
 * @param graphHangAfter after which time the calculation graph's thread hangs
 * @param dataplaneHangAfter likewise the dataplane's
 * @param applyDelay how much longer each apply takes
 * @param endAfter after which time the process ends as if by a bug
 */
record FaultPlan(
    Duration graphHangAfter, Duration dataplaneHangAfter, Duration applyDelay, Duration endAfter) {}
