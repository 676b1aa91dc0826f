package felix.dataplane.feature;

import felix.dataplane.reconcile.Driver;

/**
 * A driver and its place in an apply.
 *
 * @param refresh when it is to read the kernel anew
 */
public record Step(Stage stage, Driver driver, Refresh refresh) {}
