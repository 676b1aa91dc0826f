/** Chains and rules as values, and how policy becomes them. Pure: no kernel, no state. */
@NullMarked
package felix.dataplane.rules;

import org.jspecify.annotations.NullMarked;
