/**
 * From what the cluster's resources say to what this host must hold. Pure: no I/O, no clock, one
 * thread. {@link felix.calc.CalcGraph} is the place to start.
 */
@NullMarked
package felix.calc;

import org.jspecify.annotations.NullMarked;
