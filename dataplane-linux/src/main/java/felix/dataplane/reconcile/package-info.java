/** Desired and actual state, and what a driver is. Knows no kernel object. */
@NullMarked
package felix.dataplane.reconcile;

import org.jspecify.annotations.NullMarked;
